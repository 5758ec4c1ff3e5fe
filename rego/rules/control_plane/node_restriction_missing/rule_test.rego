package kubeassay.rules.control_plane.node_restriction_missing_test

import data.kubeassay.rules.control_plane.node_restriction_missing

test_off_fails if {
	count(node_restriction_missing.fail) == 1 with input as {"facts": {"admission_plugins": {"enabled": {"plugins": ["Priority"], "off": [], "enable": ["enable"], "disable": ["disable"]}}}}
}

test_on_passes if {
	count(node_restriction_missing.fail) == 0 with input as {"facts": {"admission_plugins": {"enabled": {"plugins": ["Priority", "NodeRestriction"], "off": [], "enable": ["enable"], "disable": ["disable"]}}}}
}

test_unknown if {
	count(node_restriction_missing.fail) == 0 with input as {"facts": {"admission_plugins": {"enabled": {"unknown": "x", "learn": "y", "path": [], "enable": [], "disable": []}}}}
	count(node_restriction_missing.unknown) == 1 with input as {"facts": {"admission_plugins": {"enabled": {"unknown": "x", "learn": "y", "path": [], "enable": [], "disable": []}}}}
}
