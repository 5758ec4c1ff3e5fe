package kubeassay.lib.binding_test

import data.kubeassay.lib.binding

group(name) := {"kind": "Group", "name": name}

test_names if {
	binding.names([group("a")]) == "Group a"
	binding.names([{"kind": "ServiceAccount", "namespace": "shop", "name": "api"}]) == "ServiceAccount shop/api"
	binding.names([group("a"), group("b")]) == "Group a and Group b"
	binding.names([group("a"), group("b"), group("c"), group("d")]) == "Group a, Group b and 2 more"
}
