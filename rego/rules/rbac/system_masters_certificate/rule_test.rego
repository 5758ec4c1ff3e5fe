package kubeassay.rules.rbac.system_masters_certificate_test

import data.kubeassay.rules.rbac.system_masters_certificate as rule

asked(state, groups) := {"facts": {"certificates": {"request": {
	"state": state,
	"groups": groups,
	"name": "jane",
	"by": "john",
}}}}

test_approved_masters_fail if {
	count(rule.fail) == 1 with input as asked("approved", ["system:masters"])
	count(rule.fail) == 1 with input as asked("issued", ["a", "system:masters"])
}

test_others_pass if {
	count(rule.fail) == 0 with input as asked("approved", ["staff"])
	count(rule.unknown) == 0 with input as asked("approved", [])
}

test_what_was_not_approved_does_not_count if {
	count(rule.fail) == 0 with input as asked("pending", ["system:masters"])
	count(rule.not_applicable) == 1 with input as asked("denied", ["system:masters"])
}

test_what_cannot_be_read_is_unknown if {
	count(rule.unknown) == 1 with input as asked("issued", null)
}
