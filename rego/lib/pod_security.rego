# METADATA
# title: Which Pod Security Standard a namespace holds its pods to
# description: Reads labels and facts.pod_policies.covering; over namespaces.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/pod-security-admission/
package kubeassay.lib.pod_security

# METADATA
# title: The label that makes the API server refuse pods
enforce := "pod-security.kubernetes.io/enforce"

# METADATA
# title: The standards, from no restriction to the strictest
levels := ["privileged", "baseline", "restricted"]

# METADATA
# title: The standard that the API server enforces
# description: Without the label, none. A level that it does not know counts as the strictest.
enforced := level if {
	level := input.labels[enforce]
	level in levels
} else := "restricted" if {
	input.labels[enforce]
} else := "privileged"

# METADATA
# title: A policy engine holds the whole standard, or a stricter one
held_by_policy(level) if {
	some policy in input.facts.pod_policies.covering
	policy.level in at_least[level]
}

# METADATA
# title: A level with those that are stricter
at_least := {"baseline": {"baseline", "restricted"}, "restricted": {"restricted"}}

# METADATA
# title: Why a namespace is not judged
exempt := "It holds the cluster's own pods, which need more than a standard allows" if {
	input.name == "kube-system"
} else := "No pods run in this namespace of the cluster's own" if {
	input.name in {"kube-public", "kube-node-lease"}
} else := "Its Namespace object is not at hand, so its labels are not known" if {
	input.declared == false
}
