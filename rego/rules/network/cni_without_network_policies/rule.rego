# METADATA
# title: The network plugin enforces no network policies
# description: >-
#   Kubernetes takes NetworkPolicies whether or not anything enforces them, so all of them are without effect
#   and nobody is told.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/services-networking/network-policies/#prerequisites
# custom:
#   id: KA-N-0100
#   severity: high
#   over: cluster
#   snapshot_only: true
#   reads: [facts.cni.enforcement]
#   remediation: Run a network plugin that enforces policies, such as Calico, Cilium or Antrea.
package kubeassay.rules.network.cni_without_network_policies

plugins := input.facts.cni.enforcement

fail contains finding if {
	count(plugins.enforcing) == 0
	count(plugins.idle) > 0
	finding := {
		"message": sprintf("The cluster runs %s, and nothing that enforces NetworkPolicies", [concat(", ", plugins.idle)]),
		"path": [],
	}
}

unknown contains finding if {
	count(plugins.enforcing) == 0
	count(plugins.idle) == 0
	finding := {
		"message": concat(" ", [
			"No network plugin was recognised in workloads, CustomResourceDefinitions or facts of nodes:",
			"collect the nodes' facts with `kubeassay node collect`, or ask the plugin's documentation",
		]),
		"path": [],
	}
}
