package kubeassay.rules.namespace.pod_security_exempts_users_test

import data.kubeassay.rules.namespace.pod_security_exempts_users as rule

node(users, classes) := {"facts": {"pod_security": {"exemptions": {
	"path": ["exemptions"],
	"users": users,
	"runtime_classes": classes,
	"namespaces": [],
}}}}

test_users_and_runtime_classes_fail if {
	found := rule.fail with input as node(["jane"], ["kata"])
	{finding.path | some finding in found} == {["exemptions", "usernames", 0], ["exemptions", "runtimeClasses", 0]}
}

test_none_pass if {
	count(rule.fail) == 0 with input as node([], [])
	count(rule.not_applicable) == 0 with input as node([], [])
}

test_no_configuration_does_not_apply if {
	count(rule.not_applicable) == 1 with input as {"facts": {"pod_security": {}}}
}
