package kubeassay.rules.control_plane.admission_always_pull_images_missing_test

import data.kubeassay.rules.control_plane.admission_always_pull_images_missing

test_off_fails if {
	count(admission_always_pull_images_missing.fail) == 1 with input as {"facts": {"admission_plugins": {"enabled": {"plugins": ["Priority"], "off": [], "enable": ["enable"], "disable": ["disable"]}}}}
}

test_on_passes if {
	count(admission_always_pull_images_missing.fail) == 0 with input as {"facts": {"admission_plugins": {"enabled": {"plugins": ["Priority", "AlwaysPullImages"], "off": [], "enable": ["enable"], "disable": ["disable"]}}}}
}

test_unknown if {
	count(admission_always_pull_images_missing.fail) == 0 with input as {"facts": {"admission_plugins": {"enabled": {"unknown": "x", "learn": "y", "path": [], "enable": [], "disable": []}}}}
	count(admission_always_pull_images_missing.unknown) == 1 with input as {"facts": {"admission_plugins": {"enabled": {"unknown": "x", "learn": "y", "path": [], "enable": [], "disable": []}}}}
}
