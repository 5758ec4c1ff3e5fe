package kubeassay.rules.network.admin_allow_bypasses_namespace_test

import data.kubeassay.rules.network.admin_allow_bypasses_namespace

given(rules) := {"facts": {"network_conflicts": {"bypasses": rules}}}

test_bypass_fails if {
	path := ["spec", "ingress", 0]
	rules := [{"path": path, "namespaces": ["bank", "shop"], "example": "a/a[Pod] => bank/b[Pod] : TCP 80"}]
	some finding in admin_allow_bypasses_namespace.fail with input as given(rules)
	finding.path == path
	contains(finding.message, "in bank, shop, as in a/a[Pod]")
}

test_no_bypass_passes if count(admin_allow_bypasses_namespace.fail) == 0 with input as given([])
