package kubeassay.rules.node.pki_certificate_permissions_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.node.pki_certificate_permissions

test_limit_passes if {
	node := testing.node_file("pki.cert", {"bits": 420, "shown": "0644"})
	count(pki_certificate_permissions.fail) == 0 with input as node
	count(pki_certificate_permissions.unknown) == 0 with input as node
}

test_one_more_bit_fails if {
	found := pki_certificate_permissions.fail with input as testing.node_file("pki.cert", {"bits": 438, "shown": "0666"})
	found == {{
		"message": "/file has mode 0666, which allows what 0644 does not",
		"path": ["files", 3, "mode"],
	}}
}

test_unclear_is_unknown if {
	node := testing.node_file("pki.cert", {"no_mode": "permission was denied"})
	count(pki_certificate_permissions.fail) == 0 with input as node
	count(pki_certificate_permissions.unknown) == 1 with input as node
}

test_nothing_to_judge_does_not_apply if {
	node := testing.no_node_file({"pki.cert"}, "not_applicable")
	found := pki_certificate_permissions.not_applicable with input as node
	found == {{"message": "why", "path": []}}
	count(pki_certificate_permissions.unknown) == 0 with input as node
}

test_never_looked_is_unknown if {
	found := pki_certificate_permissions.unknown with input as testing.no_node_file({"pki.cert"}, "unknown")
	found == {{"message": "why", "path": ["files"]}}
}
