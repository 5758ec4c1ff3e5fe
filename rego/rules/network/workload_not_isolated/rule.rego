# METADATA
# title: No NetworkPolicy limits who may connect to the workload
# description: >-
#   The namespace has policies, but none selects these pods for incoming traffic, so every pod of the
#   cluster may connect to every port of theirs.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/services-networking/network-policies/#the-two-sorts-of-pod-isolation
# custom:
#   id: KA-N-0031
#   severity: medium
#   over: workload
#   snapshot_only: true
#   reads: [spec.hostNetwork, facts.policies.isolated, facts.policies.coverage]
#   remediation: >-
#     Add a NetworkPolicy for each connection to the pods that is needed, then one that selects all pods of the
#     namespace and allows no ingress.
package kubeassay.rules.network.workload_not_isolated

fail contains finding if {
	applies
	not input.facts.policies.isolated.ingress
	count(input.facts.policies.coverage.others) == 0
	finding := {
		"message": "No NetworkPolicy selects these pods for ingress",
		"path": ["metadata", "labels"],
	}
}

unknown contains finding if {
	applies
	not input.facts.policies.isolated.ingress
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
