# METADATA
# title: Namespace has no LimitRange
# description: >-
#   Containers that state no requests and limits get none, so one of them can take all memory and CPU of
#   its node.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/policy/limit-range/
# custom:
#   id: KA-NS-0007
#   severity: low
#   over: namespace
#   snapshot_only: true
#   reads: [facts.namespaces.holdings]
#   remediation: Add a LimitRange with default requests and limits for containers.
package kubeassay.rules.namespace.limit_range_missing

fail contains finding if {
	not system
	input.facts.namespaces.holdings.workloads
	not input.facts.namespaces.holdings.limit_ranges
	finding := {"message": "The namespace has workloads and no LimitRange", "path": ["metadata", "name"]}
}

not_applicable contains finding if {
	system
	finding := {"message": "Limits could keep the cluster's own pods from starting", "path": []}
}

not_applicable contains finding if {
	not system
	not input.facts.namespaces.holdings.workloads
	finding := {"message": "The namespace has no workloads", "path": []}
}

system if input.name in {"kube-system", "kube-public", "kube-node-lease"}
