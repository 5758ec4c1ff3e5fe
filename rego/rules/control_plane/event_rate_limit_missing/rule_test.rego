package kubeassay.rules.control_plane.event_rate_limit_missing_test

import data.kubeassay.rules.control_plane.event_rate_limit_missing

test_off_fails if {
	count(event_rate_limit_missing.fail) == 1 with input as {"facts": {"admission_plugins": {"enabled": {"plugins": ["Priority"], "off": [], "enable": ["enable"], "disable": ["disable"]}}}}
}

test_on_passes if {
	count(event_rate_limit_missing.fail) == 0 with input as {"facts": {"admission_plugins": {"enabled": {"plugins": ["Priority", "EventRateLimit"], "off": [], "enable": ["enable"], "disable": ["disable"]}}}}
}

test_unknown if {
	count(event_rate_limit_missing.fail) == 0 with input as {"facts": {"admission_plugins": {"enabled": {"unknown": "x", "learn": "y", "path": [], "enable": [], "disable": []}}}}
	count(event_rate_limit_missing.unknown) == 1 with input as {"facts": {"admission_plugins": {"enabled": {"unknown": "x", "learn": "y", "path": [], "enable": [], "disable": []}}}}
}
