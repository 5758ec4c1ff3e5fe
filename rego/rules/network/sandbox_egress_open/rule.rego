# METADATA
# title: Agent sandbox may connect to the whole internet
# description: >-
#   Code that nobody has read can send out whatever it finds in the sandbox and load what it likes. Without a
#   policy in the template the controller's own one keeps sandboxes off the cluster, not off the internet.
# scope: package
# related_resources:
#   - ref: https://github.com/kubernetes-sigs/agent-sandbox/blob/main/extensions/api/v1beta1/sandboxtemplate_types.go
# custom:
#   id: KA-N-0900
#   severity: medium
#   over: object
#   kinds: [SandboxTemplate.extensions.agents.x-k8s.io]
#   reads: [spec.networkPolicy, spec.networkPolicyManagement]
#   remediation: List in spec.networkPolicy.egress what the sandboxes need to reach, or nothing; let them load packages by a proxy.
package kubeassay.rules.network.sandbox_egress_open

import data.kubeassay.lib.network_policy

fail contains finding if {
	managed
	not own_policy
	finding := {
		"message": "The template has no network policy: the default one allows the whole internet",
		"path": ["spec", "networkPolicy"],
	}
}

fail contains finding if {
	managed
	some i, rule in input.spec.networkPolicy.egress
	is_object(rule)
	network_policy.all_peers(rule, "to")
	finding := {
		"message": "The rule lets sandboxes connect to everywhere",
		"path": ["spec", "networkPolicy", "egress", i],
	}
}

fail contains finding if {
	managed
	some i, rule in input.spec.networkPolicy.egress
	some j, peer in rule.to
	network_policy.any_address(peer)
	finding := {
		"message": "The rule lets sandboxes connect to {value}",
		"path": ["spec", "networkPolicy", "egress", i, "to", j, "ipBlock", "cidr"],
	}
}

unknown contains finding if {
	not managed
	finding := {
		"message": "The controller makes no network policy; whether another one holds the sandboxes is not worked out",
		"path": ["spec", "networkPolicyManagement"],
	}
}

managed if object.get(input, ["spec", "networkPolicyManagement"], "Managed") != "Unmanaged"

own_policy if is_object(input.spec.networkPolicy)
