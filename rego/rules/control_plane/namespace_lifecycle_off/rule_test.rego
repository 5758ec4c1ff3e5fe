package kubeassay.rules.control_plane.namespace_lifecycle_off_test

import data.kubeassay.rules.control_plane.namespace_lifecycle_off

test_off_fails if {
	count(namespace_lifecycle_off.fail) == 1 with input as {"facts": {"admission_plugins": {"enabled": {"plugins": ["Priority"], "off": [], "enable": ["enable"], "disable": ["disable"]}}}}
}

test_on_passes if {
	count(namespace_lifecycle_off.fail) == 0 with input as {"facts": {"admission_plugins": {"enabled": {"plugins": ["Priority", "NamespaceLifecycle"], "off": [], "enable": ["enable"], "disable": ["disable"]}}}}
}

test_unknown if {
	count(namespace_lifecycle_off.fail) == 0 with input as {"facts": {"admission_plugins": {"enabled": {"unknown": "x", "learn": "y", "path": [], "enable": [], "disable": []}}}}
	count(namespace_lifecycle_off.unknown) == 1 with input as {"facts": {"admission_plugins": {"enabled": {"unknown": "x", "learn": "y", "path": [], "enable": [], "disable": []}}}}
}
