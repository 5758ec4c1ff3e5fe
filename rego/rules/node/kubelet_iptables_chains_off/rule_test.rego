package kubeassay.rules.node.kubelet_iptables_chains_off_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.node.kubelet_iptables_chains_off

test_fault_fails if {
	found := kubelet_iptables_chains_off.fail with input as testing.kubelet({"make-iptables-util-chains": false})
	count(found) == 1
	some finding in found
	endswith(finding.message, "make-iptables-util-chains is false by its flag")
	finding.path == ["kubelet", "flags", "make-iptables-util-chains"]
}

test_other_value_passes if {
	node := testing.kubelet({"make-iptables-util-chains": true})
	count(kubelet_iptables_chains_off.fail) == 0 with input as node
	count(kubelet_iptables_chains_off.unknown) == 0 with input as node
}

test_unclear_is_unknown if {
	node := testing.unclear_kubelet({"make-iptables-util-chains"})
	count(kubelet_iptables_chains_off.fail) == 0 with input as node
	found := kubelet_iptables_chains_off.unknown with input as node
	found == {{"message": "make-iptables-util-chains of the kubelet is not known: why", "path": ["kubelet"]}}
}

test_no_kubelet_does_not_apply if {
	count(kubelet_iptables_chains_off.not_applicable) == 1 with input as testing.kubelet({})
}
