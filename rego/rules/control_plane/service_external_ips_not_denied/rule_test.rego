package kubeassay.rules.control_plane.service_external_ips_not_denied_test

import data.kubeassay.rules.control_plane.service_external_ips_not_denied

test_off_fails if {
	count(service_external_ips_not_denied.fail) == 1 with input as {"facts": {"admission_plugins": {"enabled": {"plugins": ["Priority"], "off": [], "enable": ["enable"], "disable": ["disable"]}}}}
}

test_on_passes if {
	count(service_external_ips_not_denied.fail) == 0 with input as {"facts": {"admission_plugins": {"enabled": {"plugins": ["Priority", "DenyServiceExternalIPs"], "off": [], "enable": ["enable"], "disable": ["disable"]}}}}
}

test_unknown if {
	count(service_external_ips_not_denied.fail) == 0 with input as {"facts": {"admission_plugins": {"enabled": {"unknown": "x", "learn": "y", "path": [], "enable": [], "disable": []}}}}
	count(service_external_ips_not_denied.unknown) == 1 with input as {"facts": {"admission_plugins": {"enabled": {"unknown": "x", "learn": "y", "path": [], "enable": [], "disable": []}}}}
}
