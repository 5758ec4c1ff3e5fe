# METADATA
# title: Which Pod Security Standard a namespace holds its pods to, and which dangers policies keep out
# description: Reads facts.pod_security.admission; over namespaces.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/pod-security-admission/
package kubeassay.lib.pod_security

# METADATA
# title: The label that makes the API server refuse pods
enforce := "pod-security.kubernetes.io/enforce"

# METADATA
# title: Where findings on what a namespace takes stand
place := ["metadata", "labels", enforce]

# METADATA
# title: The standards, from no restriction to the strictest
levels := ["privileged", "baseline", "restricted"]

# METADATA
# title: The standard that the API server enforces, by the namespace's label or its own default
# description: Without either, none. A level that it does not know counts as the strictest.
enforced := input.facts.pod_security.admission.level

# METADATA
# title: A policy engine bounds the namespace's pods in some way
policed if some _ in input.facts.pod_security.admission.policies

# METADATA
# title: A policy engine keeps some danger out for certain
held if some _ in input.facts.pod_security.admission.held

# METADATA
# title: Why a namespace is not judged
exempt := "It holds the cluster's own pods, which need more than a standard allows" if {
	input.name == "kube-system"
} else := "No pods run in this namespace of the cluster's own" if {
	input.name in {"kube-public", "kube-node-lease"}
} else := "Its Namespace object is not at hand, so its labels are not known" if {
	input.declared == false
}

# METADATA
# title: The finding that pods with one danger are let in
# description: >-
#   Undefined where a standard or a policy keeps them out, and where nothing at all does: that is a fault of
#   its own (see namespace.pod_security_not_enforced and namespace.pod_security_not_restricted).
admitted(topic, what) := {
	"message": sprintf("Policies bound the namespace's pods (%s), but none keeps out %s", [named, what]),
	"path": place,
} if {
	not exempt
	input.facts.pod_security.admission.topics[topic].state == "open"
}

# METADATA
# title: The finding that it is not known whether pods with one danger are let in
undecided(topic, what) := {"message": message, "path": place} if {
	not exempt
	input.facts.pod_security.admission.topics[topic].state == "unknown"
	message := reason(input.facts.pod_security.admission.topics[topic].by, what)
}

reason(by, what) := sprintf("Whether %s keeps out %s is not worked out", [by, what]) if by != ""

reason("", what) := sprintf("Whether %s are kept out is not known: %s", [what, input.facts.pod_security.admission.unknown])

# METADATA
# title: Why a rule on one danger does not apply
not_applicable(_) := {"message": exempt, "path": []}

not_applicable(topic) := {"message": "Nothing but a standard that takes such pods bounds them, which is a fault of its own", "path": []} if {
	not exempt
	input.facts.pod_security.admission.topics[topic].state == "general"
}

named := concat(", ", array.slice(input.facts.pod_security.admission.policies, 0, 3))
