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
#     - facts.isolation.doubts
#     - facts.isolation.namespace
#   remediation: >-
#     Add a NetworkPolicy for each connection to the pods that is needed, then one that selects all pods of the
#     namespace and allows no ingress: `podSelector: {}` with `policyTypes: [Ingress]`.
package kubeassay.rules.network.workload_not_isolated

import data.kubeassay.lib.isolation

fail contains finding if {
	applies
	not input.facts.isolation.isolated.ingress
	isolation.certain("ingress", "closes")
	finding := isolation.fault("ingress", "No policy limits who may connect to these pods")
}

unknown contains finding if {
	applies
	not input.facts.isolation.isolated.ingress
	some finding in isolation.unclear("ingress", "closes", "Whether policies limit who may connect to these pods")
}

not_applicable contains finding if some finding in isolation.no_network

not_applicable contains finding if {
	isolation.own_network
	isolation.bare_namespace
	finding := {"message": "The whole namespace has no NetworkPolicy, which is a fault of its own", "path": []}
}

applies if {
	isolation.own_network
	not isolation.bare_namespace
}
