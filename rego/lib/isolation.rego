# METADATA
# title: Whether policies can say anything of pods, and for sure
# description: Reads facts.isolation.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/services-networking/network-policies/#the-two-sorts-of-pod-isolation
package kubeassay.lib.isolation

# METADATA
# title: The pods have a network of their own
own_network if input.facts.isolation.network == "own"

# METADATA
# title: The namespace as a whole lacks policies, which is a fault of its own
bare_namespace if {
	not input.facts.isolation.namespace.policies
	not input.facts.isolation.namespace.isolated
}

# METADATA
# title: That pods are not isolated in a direction
# description: >-
#   Where no pod of the namespace is, that is one fault, which stands at the namespace.
fault(direction, message) := {"message": message, "path": ["metadata", "labels"]} if not whole_namespace(direction)

fault(direction, message) := {"message": message, "path": ["metadata", "name"], "at": at, "key": direction} if {
	whole_namespace(direction)
	at := input.facts.isolation.namespace.at
}

whole_namespace(direction) if {
	input.facts.isolation.namespace.at
	direction in input.facts.isolation.namespace.open
}

# METADATA
# title: No policy at hand may change what seems to be so in a direction
# description: The change is `opens` or `closes`.
certain(direction, change) if count(unclear(direction, change, "")) == 0

# METADATA
# title: A question that cannot be answered for sure, at the policy that may make the change
unclear(direction, change, question) := {finding |
	some doubt in input.facts.isolation.doubts[direction]
	doubt[change]
	finding := {
		"message": sprintf("%s cannot be told: %s", [question, doubt.reason]),
		"path": ["metadata", "name"],
		"at": doubt.at,
		"key": doubt.reason,
	}
}

# METADATA
# title: Why the question does not arise for pods without a network of their own
no_network contains {"message": message, "path": []} if {
	input.facts.isolation.network == "host"
	message := "Pods in the host's network are outside of any network policy"
}

no_network contains {"message": message, "path": []} if {
	input.facts.isolation.network == "none"
	message := "It makes no pods by itself, or they have finished"
}

# METADATA
# title: Why a question about the rules for a direction does not arise
beside_the_point(direction) := no_network | not_isolated(direction)

not_isolated(direction) := {finding |
	own_network
	certain(direction, "closes")
	not input.facts.isolation.isolated[direction]
	message := sprintf("No policy limits the pods' %s at all, which is a fault of its own", [direction])
	finding := {"message": message, "path": []}
}
