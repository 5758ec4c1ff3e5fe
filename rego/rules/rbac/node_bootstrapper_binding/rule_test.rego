package kubeassay.rules.rbac.node_bootstrapper_binding_test

import data.kubeassay.rules.rbac.node_bootstrapper_binding as rule

bound(role, kind, name) := {
	"roleRef": {"kind": "ClusterRole", "name": role},
	"facts": {"rbac": {"subjects": [{"kind": kind, "name": name, "namespace": "", "path": ["subjects", 0, "name"]}]}},
}

test_bootstrap_tokens_pass if {
	every name in ["system:bootstrappers", "system:bootstrappers:workers"] {
		count(rule.fail) == 0 with input as bound("system:node-bootstrapper", "Group", name)
	}
}

test_others_fail if {
	count(rule.fail) == 1 with input as bound("system:node-bootstrapper", "Group", "system:authenticated")
	count(rule.fail) == 1 with input as bound("system:node-bootstrapper", "User", "system:bootstrappers")
	count(rule.fail) == 1 with input as bound("system:node-bootstrapper", "Group", "system:bootstrappersx")
}

test_other_roles_do_not_apply if {
	count(rule.fail) == 0 with input as bound("view", "User", "jane")
	count(rule.not_applicable) == 1 with input as bound("view", "User", "jane")
}
