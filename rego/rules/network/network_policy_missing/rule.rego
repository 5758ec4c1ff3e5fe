# METADATA
# title: Namespace has no NetworkPolicy
# description: >-
#   Every pod of the cluster may connect to every pod in the namespace, and they may connect anywhere, to the
#   cloud's metadata service too, so one that is taken over reaches all the others.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-policies
# custom:
#   id: KA-N-0030
#   severity: high
#   over: namespace
#   snapshot_only: true
#   reads: [facts.isolation.namespace, facts.isolation.doubts, facts.namespaces.holdings]
#   remediation: >-
#     Add a NetworkPolicy for each connection that is needed, to DNS too, then one that selects all pods and
#     allows nothing: `podSelector: {}` with `policyTypes: [Ingress, Egress]`.
package kubeassay.rules.network.network_policy_missing

import data.kubeassay.lib.isolation

fail contains finding if {
	isolation.bare_namespace
	isolation.certain("ingress", "closes")
	isolation.certain("egress", "closes")
	not without_pods
	finding := {"message": "The namespace has no NetworkPolicy", "path": ["metadata", "name"]}
}

unknown contains finding if {
	isolation.bare_namespace
	not without_pods
	some direction in ["ingress", "egress"]
	some finding in isolation.unclear(direction, "closes", "The namespace has no NetworkPolicy; what others do for it")
}

not_applicable contains finding if {
	without_pods
	finding := {"message": "No pods of this namespace of the cluster's own are at hand", "path": []}
}

without_pods if {
	input.name in {"kube-node-lease", "kube-public", "kube-system"}
	not input.facts.namespaces.holdings.workloads
}
