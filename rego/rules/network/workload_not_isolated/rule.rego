# METADATA
# title: No network policy limits who may connect to the workload
# description: >-
#   The namespace has policies, but none of them, nor of the cluster's own, limits what connects to these
#   pods, so every pod of the cluster may connect to every port of theirs.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/services-networking/network-policies/#the-two-sorts-of-pod-isolation
# custom:
#   id: KA-N-0031
#   severity: high
#   over: workload
#   snapshot_only: true
#   reads:
#     - facts.isolation.network
#     - facts.isolation.isolated
#     - facts.isolation.refused
#     - facts.isolation.namespace
#   remediation: >-
#     Add a NetworkPolicy for each connection to the pods that is needed, then one that selects all pods of the
#     namespace and allows no ingress: `podSelector: {}` with `policyTypes: [Ingress]`.
package kubeassay.rules.network.workload_not_isolated

import data.kubeassay.lib.isolation

fail contains finding if {
	applies
	not input.facts.isolation.isolated.ingress
	count(isolation.doubts("ingress")) == 0
	finding := {"message": "No policy limits who may connect to these pods", "path": ["metadata", "labels"]}
}

unknown contains finding if {
	applies
	not input.facts.isolation.isolated.ingress
	some reason in isolation.doubts("ingress")
	finding := {"message": sprintf("No policy limits these pods' ingress for sure: %s", [reason]), "path": ["metadata", "labels"]}
}

unknown contains finding if {
	applies
	input.facts.isolation.isolated.ingress
	some policy in input.facts.isolation.refused.ingress
	finding := {
		"message": sprintf("Whether policies limit these pods' ingress is not certain: the API server would refuse %s", [policy]),
		"path": ["metadata", "labels"],
	}
}

not_applicable contains finding if {
	some reason in isolation.no_network
	finding := {"message": reason, "path": []}
}

not_applicable contains finding if {
	isolation.own_network
	isolation.bare_namespace
	finding := {"message": "The whole namespace has no NetworkPolicy, which is a fault of its own", "path": []}
}

applies if {
	isolation.own_network
	not isolation.bare_namespace
}
