package kubeassay.rules.network.mesh_mtls_disabled_test

import data.kubeassay.rules.network.mesh_mtls_disabled

test_plain_text_fails if {
	count(mesh_mtls_disabled.fail) == 1 with input as {"spec": {"mtls": {"mode": "PERMISSIVE"}}}
	found := mesh_mtls_disabled.fail with input as {"spec": {"portLevelMtls": {"8080": {"mode": "DISABLE"}}}}
	{finding.path | some finding in found} == {["spec", "portLevelMtls", "8080", "mode"]}
}

test_strict_passes if {
	count(mesh_mtls_disabled.fail) == 0 with input as {"spec": {"mtls": {"mode": "STRICT"}}}
	count(mesh_mtls_disabled.fail) == 0 with input as {"spec": {"mtls": {"mode": "UNSET"}}}
}
