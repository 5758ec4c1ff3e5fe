package kubeassay.rules.network.dangling_network_policy_peer_test

import data.kubeassay.rules.network.dangling_network_policy_peer

test_dead_peer_fails if {
	path := ["spec", "ingress", 0, "from", 1]
	found := dangling_network_policy_peer.fail with input as {"facts": {"network_policies": {"dead_peers": [path]}}}
	{finding.path | some finding in found} == {path}
}

test_living_peers_pass if {
	count(dangling_network_policy_peer.fail) == 0 with input as {"facts": {"network_policies": {"dead_peers": []}}}
}

test_what_may_be_left_out_is_not_applicable if {
	given := {"facts": {"network_policies": {"dead_peers": null}}}
	count(dangling_network_policy_peer.fail) == 0 with input as given
	count(dangling_network_policy_peer.not_applicable) == 1 with input as given
}
