package kubeassay.rules.control_plane.admission_always_admit_test

import data.kubeassay.rules.control_plane.admission_always_admit

test_on_fails if {
	count(admission_always_admit.fail) == 1 with input as {"facts": {"admission_plugins": {"enabled": {"plugins": ["AlwaysAdmit"], "off": [], "enable": ["enable"], "disable": ["disable"]}}}}
}

test_off_passes if {
	count(admission_always_admit.fail) == 0 with input as {"facts": {"admission_plugins": {"enabled": {"plugins": ["NodeRestriction"], "off": [], "enable": ["enable"], "disable": ["disable"]}}}}
}

test_unknown if {
	count(admission_always_admit.fail) == 0 with input as {"facts": {"admission_plugins": {"enabled": {"unknown": "x", "learn": "y", "path": [], "enable": [], "disable": []}}}}
	count(admission_always_admit.unknown) == 1 with input as {"facts": {"admission_plugins": {"enabled": {"unknown": "x", "learn": "y", "path": [], "enable": [], "disable": []}}}}
}
