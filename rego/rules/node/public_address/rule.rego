# METADATA
# title: Node has a public address
# description: >-
#   Whatever listens on the node, the kubelet and the ports of Services among it, can be reached from the
#   internet but for a firewall that nothing in the cluster shows.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/node/node-status/#addresses
# custom:
#   id: KA-H-0053
#   severity: low
#   over: object
#   kinds: [Node]
#   reads: [status.addresses, status.nodeInfo.kubeletVersion]
#   remediation: >-
#     Put the node into a network with private addresses alone, from where it reaches the internet through
#     address translation, and let traffic in by load balancers.
package kubeassay.rules.node.public_address

fail contains finding if {
	some i, entry in input.status.addresses
	public(entry.type, entry.address)
	finding := {"message": "The node has the public address {value}", "path": ["status", "addresses", i, "address"]}
}

unknown contains finding if {
	count(told) == 0
	registered
	finding := {"message": "The node tells none of its addresses", "path": ["status", "addresses"]}
}

not_applicable contains finding if {
	count(told) == 0
	not registered
	finding := {"message": "No kubelet has told yet what the node's addresses are", "path": ["metadata", "name"]}
}

told := [entry | some entry in input.status.addresses; entry.type in {"ExternalIP", "InternalIP"}]

default registered := false

registered if input.status.nodeInfo.kubeletVersion != ""

# every node has an address of IPv6 that is valid everywhere: only one that is called external counts
public("ExternalIP", address) if not private(address)

public("InternalIP", address) if {
	regex.match(`^\d+\.\d+\.\d+\.\d+$`, address)
	not private(address)
}

# RFC 1918, 6598 (of providers' networks), 3927 and 1122
private(address) if {
	regex.match(`^(10|127|192\.168|169\.254|172\.(1[6-9]|2\d|3[01])|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\.`, address)
}

# RFC 4193 and 4291
private(address) if regex.match(`^(::1$|f[cd]..:|fe[89ab].:)`, lower(address))
