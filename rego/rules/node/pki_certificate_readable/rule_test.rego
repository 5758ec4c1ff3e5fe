package kubeassay.rules.node.pki_certificate_readable_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.node.pki_certificate_readable

test_limit_passes if {
	node := testing.node_file("pki.cert", {"bits": 384, "shown": "0600"})
	count(pki_certificate_readable.fail) == 0 with input as node
	count(pki_certificate_readable.unknown) == 0 with input as node
}

test_one_more_bit_fails if {
	found := pki_certificate_readable.fail with input as testing.node_file("pki.cert", {"bits": 416, "shown": "0640"})
	found == {{
		"message": "/file has mode 0640, which allows what 0600 does not",
		"path": ["files", 3, "mode"],
	}}
}

test_unclear_is_unknown if {
	node := testing.node_file("pki.cert", {"no_mode": "permission was denied"})
	count(pki_certificate_readable.fail) == 0 with input as node
	count(pki_certificate_readable.unknown) == 1 with input as node
}

test_nothing_to_judge_does_not_apply if {
	node := testing.no_node_file({"pki.cert"}, "not_applicable")
	found := pki_certificate_readable.not_applicable with input as node
	found == {{"message": "why", "path": []}}
	count(pki_certificate_readable.unknown) == 0 with input as node
}

test_never_looked_is_unknown if {
	found := pki_certificate_readable.unknown with input as testing.no_node_file({"pki.cert"}, "unknown")
	found == {{"message": "why", "path": ["files"]}}
}
