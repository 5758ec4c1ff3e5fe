package kubeassay.rules.control_plane.admission_service_account_off_test

import data.kubeassay.rules.control_plane.admission_service_account_off

test_off_fails if {
	count(admission_service_account_off.fail) == 1 with input as {"facts": {"admission_plugins": {"enabled": {"plugins": ["Priority"], "off": [], "enable": ["enable"], "disable": ["disable"]}}}}
}

test_on_passes if {
	count(admission_service_account_off.fail) == 0 with input as {"facts": {"admission_plugins": {"enabled": {"plugins": ["Priority", "ServiceAccount"], "off": [], "enable": ["enable"], "disable": ["disable"]}}}}
}

test_unknown if {
	count(admission_service_account_off.fail) == 0 with input as {"facts": {"admission_plugins": {"enabled": {"unknown": "x", "learn": "y", "path": [], "enable": [], "disable": []}}}}
	count(admission_service_account_off.unknown) == 1 with input as {"facts": {"admission_plugins": {"enabled": {"unknown": "x", "learn": "y", "path": [], "enable": [], "disable": []}}}}
}
