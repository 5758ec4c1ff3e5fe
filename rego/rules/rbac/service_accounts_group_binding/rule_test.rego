package kubeassay.rules.rbac.service_accounts_group_binding_test

import data.kubeassay.rules.rbac.service_accounts_group_binding

binding(name, role, subject) := {
	"metadata": {"name": name},
	"roleRef": {"kind": "ClusterRole", "name": role},
	"facts": {"rbac": {"subjects": [object.union(subject, {"path": ["subjects", 0, "name"]})]}},
}

path := ["subjects", 0, "name"]

test_groups_fail if {
	every name in ["system:serviceaccounts", "system:serviceaccounts:shop"] {
		found := service_accounts_group_binding.fail with input as binding("x", "view", {"kind": "Group", "name": name})
		{finding.path | some finding in found} == {path}
	}
}

test_one_account_passes if {
	given := binding("x", "view", {"kind": "ServiceAccount", "name": "storefront"})
	count(service_accounts_group_binding.fail) == 0 with input as given
}

test_issuer_discovery_is_not_applicable if {
	subject := {"kind": "Group", "name": "system:serviceaccounts"}
	given := binding("x", "system:service-account-issuer-discovery", subject)
	count(service_accounts_group_binding.fail) == 0 with input as given
	count(service_accounts_group_binding.not_applicable) == 1 with input as given
}
