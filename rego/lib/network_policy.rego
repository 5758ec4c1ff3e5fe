# METADATA
# title: What the rules of a network policy leave open
# description: Reads spec.policyTypes, spec.tier, spec.ingress and spec.egress.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/
package kubeassay.lib.network_policy

# METADATA
# title: Whether the policy's rules for a direction have an effect
isolates(direction) if {
	some type in input.spec.policyTypes
	lower(type) == direction
}

isolates(direction) if {
	not _types_given
	direction in {"ingress", "egress"}
}

_types_given if some _ in input.spec.policyTypes

# METADATA
# title: The rule leaves all ports open
all_ports(rule) if {
	not _some_in(rule, "ports")
	not _some_in(rule, "protocols")
}

# METADATA
# title: The rule has no peers under the key (`from` or `to`), which means all of them
all_peers(rule, key) if not _some_in(rule, key)

_some_in(rule, key) if some _ in rule[key]

# METADATA
# title: The peer is every address there is
any_address(peer) if peer.ipBlock.cidr in everywhere

# METADATA
# title: The networks of all addresses
everywhere := {"0.0.0.0/0", "::/0"}

# METADATA
# title: The rule of an admin policy lets through what it is about
admin_allows(rule) if {
	input.kind != "NetworkPolicy"
	rule.action in {"Allow", "Accept"}
}

# METADATA
# title: The policy is of the tier that is asked last, after all NetworkPolicies
is_baseline if input.kind == "BaselineAdminNetworkPolicy"

is_baseline if input.spec.tier == "Baseline"

# METADATA
# title: The peer of an admin policy is every pod there is
all_pods(peer) if _selects_all(peer.namespaces)

all_pods(peer) if {
	_selects_all(object.get(peer.pods, "namespaceSelector", {}))
	_selects_all(peer.pods.podSelector)
}

_selects_all(selector) if {
	not _some_in(selector, "matchLabels")
	not _some_in(selector, "matchExpressions")
}

# METADATA
# title: Some names and how many more there are, in words
# description: Of a fact with `some` names and their `count`.
some_of(found) := concat(", ", found.some) if count(found.some) == found.count

some_of(found) := sprintf("%s and %d more", [concat(", ", found.some), found.count - count(found.some)]) if {
	count(found.some) < found.count
}

# METADATA
# title: A rule denies, and others that do not deny have decided before
# description: Of a rule that `facts.network_shadowing.shadowed` finds.
denies_in_vain(rule) if {
	rule.action == "deny"
	some other in rule.by
	other.action != "deny"
}

# METADATA
# title: The rules that have decided before, in words
deciding(rule) := concat(", ", [other.rule | some other in rule.by])
