# METADATA
# title: Nothing enforces the admin policy
# description: >-
#   Few network plugins enforce policies of administrators, most of them only in some versions or when told to. To all
#   others the object means nothing: what it denies is let through, and nobody is told.
# scope: package
# related_resources:
#   - ref: https://network-policy-api.sigs.k8s.io/implementations/
# custom:
#   id: KA-N-0150
#   severity: high
#   over: object
#   kinds:
#     - AdminNetworkPolicy.policy.networking.k8s.io
#     - BaselineAdminNetworkPolicy.policy.networking.k8s.io
#     - ClusterNetworkPolicy.policy.networking.k8s.io
#   snapshot_only: true
#   reads: [facts.plugin_support.admin]
#   remediation: >-
#     Define the kind by its CustomResourceDefinition, run a version of a network plugin that enforces it and turn that
#     on, or write the policy in a kind that the plugin enforces.
package kubeassay.rules.network.admin_policy_unsupported

support := input.facts.plugin_support.admin

plugins := support.plugins

undefined_kind if is_string(support.undefined)

enforced if {
	some plugin in plugins
	plugin.enforces == true
}

open_to_question if count(plugins) == 0

open_to_question if {
	some plugin in plugins
	plugin.enforces == null
}

said := concat("; ", [sprintf("%s: %s", [plugin.name, plugin.why]) | some plugin in plugins])

fail contains finding if {
	undefined_kind
	finding := {
		"message": sprintf("The API server does not take the policy: %s", [support.undefined]),
		"path": ["apiVersion"],
	}
}

fail contains finding if {
	not undefined_kind
	not enforced
	not open_to_question
	finding := {
		"message": sprintf("No network plugin of the cluster enforces the policy (%s)", [said]),
		"path": ["kind"],
	}
}

unknown contains finding if {
	not undefined_kind
	not enforced
	count(plugins) > 0
	open_to_question
	finding := {
		"message": sprintf(
			"Whether the network plugin enforces the policy cannot be told (%s): ask the plugin's documentation",
			[said],
		),
		"path": ["kind"],
	}
}

unknown contains finding if {
	not undefined_kind
	count(plugins) == 0
	finding := {
		"message": concat(" ", [
			"Whether the network plugin enforces the policy cannot be told, for none was recognised: collect the nodes'",
			"facts with `kubeassay node collect`, or ask the plugin's documentation",
		]),
		"path": ["kind"],
	}
}
