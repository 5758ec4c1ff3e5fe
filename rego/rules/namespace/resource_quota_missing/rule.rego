# METADATA
# title: Namespace has no ResourceQuota
# description: >-
#   One team, or one error, can fill the cluster with pods and volumes until nothing else of anybody's
#   starts.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/policy/resource-quotas/
# custom:
#   id: KA-NS-0008
#   severity: low
#   over: namespace
#   snapshot_only: true
#   reads: [facts.namespaces.holdings]
#   remediation: Add a ResourceQuota for CPU, memory, pods and volumes.
package kubeassay.rules.namespace.resource_quota_missing

fail contains finding if {
	not system
	input.facts.namespaces.holdings.workloads
	not input.facts.namespaces.holdings.resource_quotas
	finding := {"message": "The namespace has workloads and no ResourceQuota", "path": ["metadata", "name"]}
}

not_applicable contains finding if {
	system
	finding := {"message": "A quota could keep the cluster's own pods from starting", "path": []}
}

not_applicable contains finding if {
	not system
	not input.facts.namespaces.holdings.workloads
	finding := {"message": "The namespace has no workloads", "path": []}
}

system if input.name in {"kube-system", "kube-public", "kube-node-lease"}
