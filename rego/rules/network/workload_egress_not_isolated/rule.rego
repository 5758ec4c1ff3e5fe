# METADATA
# title: No network policy limits where the workload may connect to
# description: >-
#   The namespace has policies, but none of them, nor of the cluster's own, limits where these pods connect to,
#   so whoever takes one over reaches the rest of the cluster, the cloud's metadata service and the internet.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-deny-all-egress-traffic
# custom:
#   id: KA-N-0032
#   severity: medium
#   over: workload
#   snapshot_only: true
#   reads:
#     - facts.isolation.network
#     - facts.isolation.isolated
#     - facts.isolation.doubts
#     - facts.isolation.namespace
#   remediation: >-
#     Add a NetworkPolicy for each connection that the pods need, then one that selects all pods of the namespace
#     (`podSelector: {}`, `policyTypes: [Egress]`) and allows egress to DNS alone.
package kubeassay.rules.network.workload_egress_not_isolated

import data.kubeassay.lib.isolation

fail contains finding if {
	applies
	not input.facts.isolation.isolated.egress
	isolation.certain("egress", "closes")
	finding := isolation.fault("egress", "No policy limits where these pods may connect to")
}

unknown contains finding if {
	applies
	not input.facts.isolation.isolated.egress
	some finding in isolation.unclear("egress", "closes", "Whether policies limit where these pods may connect to")
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
