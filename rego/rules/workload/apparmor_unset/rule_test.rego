package kubeassay.rules.workload.apparmor_unset_test

import data.kubeassay.rules.workload.apparmor_unset

faults(pod_context, context, annotated) := found if {
	found := apparmor_unset.fail with input as {
		"spec": {"securityContext": pod_context},
		"containers": [{"path": ["spec", "containers", 0], "securityContext": context}],
		"facts": {"profiles": {"apparmor_containers": annotated}},
	}
}

profile := {"appArmorProfile": {"type": "RuntimeDefault"}}

test_no_profile_fails if {
	{finding.path | some finding in faults({}, {}, [])} == {["spec", "containers", 0, "securityContext", "appArmorProfile"]}
	count(faults({"appArmorProfile": null}, {}, [["spec", "containers", 1]])) == 1
}

test_profile_of_the_pod_or_the_container_or_an_annotation_passes if {
	count(faults(profile, {}, [])) == 0
	count(faults({}, profile, [])) == 0
	count(faults({}, {}, [["spec", "containers", 0]])) == 0
}

test_windows_is_not_applicable if {
	windows := {"spec": {"os": {"name": "windows"}}, "containers": [{"path": []}]}
	scan := {"kubernetes": {"minor": 37}}
	count(apparmor_unset.fail) == 0 with input as windows with data.scan as scan
	count(apparmor_unset.not_applicable) == 1 with input as windows with data.scan as scan
}
