# METADATA
# title: Whether policies can say anything of a workload's pods
# description: Reads facts.isolation.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/services-networking/network-policies/#the-two-sorts-of-pod-isolation
package kubeassay.lib.isolation

# METADATA
# title: The pods have a network of their own
own_network if input.facts.isolation.network == "own"

# METADATA
# title: Why the question does not arise for pods without a network of their own
no_network contains "Pods in the host's network are outside of any network policy" if input.facts.isolation.network == "host"

no_network contains "It makes no pods by itself, or they have finished" if input.facts.isolation.network == "none"

# METADATA
# title: The namespace as a whole lacks policies, which is a fault of its own
bare_namespace if {
	not input.facts.isolation.namespace.policies
	not input.facts.isolation.namespace.isolated
}

# METADATA
# title: Why what policies do to the pods in a direction cannot be told
doubts(direction) := {reason |
	some policy in input.facts.isolation.refused[direction]
	reason := sprintf("the API server would refuse %s", [policy])
} | {reason |
	some kind in input.facts.isolation.namespace.foreign
	reason := sprintf("what %s does is not worked out", [kind])
}

# METADATA
# title: Why a question about the rules for a direction does not arise
beside_the_point(direction) := no_network | not_isolated(direction)

not_isolated(direction) := {reason |
	own_network
	not input.facts.isolation.isolated[direction]
	reason := sprintf("No policy limits the pods' %s at all, which is a fault of its own", [direction])
}
