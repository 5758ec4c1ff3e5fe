# METADATA
# title: No NetworkPolicy limits where the workload may connect to
# description: >-
#   The namespace has policies, but none selects these pods for outgoing traffic, so whoever takes one over
#   reaches the rest of the cluster, the cloud's metadata service and the internet.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-deny-all-egress-traffic
# custom:
#   id: KA-N-0032
#   severity: low
#   over: workload
#   snapshot_only: true
#   reads: [spec.hostNetwork, facts.policies.isolated, facts.policies.coverage]
#   remediation: >-
#     Add a NetworkPolicy for each connection that the pods need, then one that selects all pods of the namespace
#     and allows egress to DNS alone.
package kubeassay.rules.network.workload_egress_not_isolated

fail contains finding if {
	applies
	not input.facts.policies.isolated.egress
	count(input.facts.policies.coverage.others) == 0
	finding := {
		"message": "No NetworkPolicy selects these pods for egress",
		"path": ["metadata", "labels"],
	}
}

unknown contains finding if {
	applies
	not input.facts.policies.isolated.egress
	some kind in input.facts.policies.coverage.others
	finding := {
		"message": sprintf("No NetworkPolicy selects these pods; what %s does is not worked out", [kind]),
		"path": ["metadata", "labels"],
	}
}

not_applicable contains finding if {
	input.spec.hostNetwork == true
	finding := {"message": "Pods in the host's network are outside of any NetworkPolicy", "path": []}
}

not_applicable contains finding if {
	input.facts.policies.coverage.policies == 0
	finding := {"message": "The whole namespace has no NetworkPolicy, which is a fault of its own", "path": []}
}

applies if {
	input.facts.policies.coverage.policies > 0
	object.get(input, ["spec", "hostNetwork"], false) != true
}
