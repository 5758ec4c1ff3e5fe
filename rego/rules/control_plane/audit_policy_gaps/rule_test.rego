package kubeassay.rules.control_plane.audit_policy_gaps_test

import data.kubeassay.rules.control_plane.audit_policy_gaps

test_none_fails if {
	count(audit_policy_gaps.fail) == 1 with input as {"facts": {"audit_policy": {"review": {"file": "", "path": [], "gaps": []}}}}
}

test_gap_fails if {
	count(audit_policy_gaps.fail) == 1 with input as {"facts": {"audit_policy": {"review": {"file": "/x", "path": [], "gaps": [{"message": "x", "path": []}]}}}}
}

test_whole_passes if {
	count(audit_policy_gaps.fail) == 0 with input as {"facts": {"audit_policy": {"review": {"file": "/x", "path": [], "gaps": []}}}}
}

test_unknown if {
	count(audit_policy_gaps.fail) == 0 with input as {"facts": {"audit_policy": {"review": {"unknown": "x", "learn": "y", "path": [], "enable": [], "disable": []}}}}
	count(audit_policy_gaps.unknown) == 1 with input as {"facts": {"audit_policy": {"review": {"unknown": "x", "learn": "y", "path": [], "enable": [], "disable": []}}}}
}
