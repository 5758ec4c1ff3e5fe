# METADATA
# title: Admin rule lets through what NetworkPolicies of namespaces block
# description: >-
#   Rules of the admin tier that allow are final: those who isolate their namespace do not see the opening, and
#   cannot close it.
# scope: package
# related_resources:
#   - ref: https://network-policy-api.sigs.k8s.io/api-overview/
# custom:
#   id: KA-N-0139
#   severity: low
#   over: object
#   kinds:
#     - AdminNetworkPolicy.policy.networking.k8s.io
#     - ClusterNetworkPolicy.policy.networking.k8s.io
#   snapshot_only: true
#   reads: [facts.network_conflicts.bypasses]
#   remediation: >-
#     Narrow the rule to the peers and ports that all must accept, such as those of monitoring; else let it
#     Pass, so that NetworkPolicies decide, or put it into the baseline tier.
package kubeassay.rules.network.admin_allow_bypasses_namespace

fail contains finding if {
	some rule in input.facts.network_conflicts.bypasses
	finding := {
		"message": sprintf("The rule overrides NetworkPolicies in %s, as in %s", [concat(", ", rule.namespaces), rule.example]),
		"path": rule.path,
	}
}
