package kubeassay.lib.resources_test

import data.kubeassay.lib.resources

none := {"limits": [], "requests": []}

judged(container, pod, defaults, minor) := found if {
	given := {"spec": {"resources": pod}, "facts": {"limit_ranges": {"defaults": defaults}}}
	scan := {"kubernetes": {"minor": minor}}
	request := resources.has_request({"resources": container}, "cpu") with input as given with data.scan as scan
	limit := resources.has_limit({"resources": container}, "cpu") with input as given with data.scan as scan
	found := [request, limit]
}

request_only(container, pod, defaults, minor) if {
	given := {"spec": {"resources": pod}, "facts": {"limit_ranges": {"defaults": defaults}}}
	scan := {"kubernetes": {"minor": minor}}
	resources.has_request({"resources": container}, "cpu") with input as given with data.scan as scan
	not resources.has_limit({"resources": container}, "cpu") with input as given with data.scan as scan
}

neither(container, pod, defaults, minor) if {
	given := {"spec": {"resources": pod}, "facts": {"limit_ranges": {"defaults": defaults}}}
	scan := {"kubernetes": {"minor": minor}}
	not resources.has_request({"resources": container}, "cpu") with input as given with data.scan as scan
	not resources.has_limit({"resources": container}, "cpu") with input as given with data.scan as scan
}

test_a_limit_is_a_request if judged({"limits": {"cpu": "1"}}, {}, none, 37) == [true, true]

test_a_request_is_no_limit if request_only({"requests": {"cpu": 1}}, {}, none, 37)

test_nothing_null_and_zero_are_neither if {
	neither({}, {}, none, 37)
	neither({"limits": {"cpu": "0"}, "requests": {"cpu": null}}, {}, none, 37)
	neither({"limits": "all"}, {}, none, 37)
}

test_the_pod_counts_from_1_34 if {
	judged({}, {"limits": {"cpu": 1}}, none, 34) == [true, true]
	request_only({}, {"requests": {"cpu": 1}}, none, 34)
	neither({}, {"limits": {"cpu": 1}}, none, 33)
}

test_limit_ranges_count if {
	judged({}, {}, {"limits": ["cpu"], "requests": ["cpu"]}, 37) == [true, true]
	request_only({}, {}, {"limits": [], "requests": ["cpu"]}, 37)
}

test_a_limit_of_the_pod_is_none_of_the_container if {
	given := {"spec": {"resources": {"limits": {"cpu": 1}}}}
	not resources.has_own_limit({}, "cpu") with input as given with data.scan as {"kubernetes": {"minor": 37}}
}

test_which_containers_count if {
	containers := {"containers": [{"type": type} | some type in ["container", "init", "sidecar", "ephemeral"]]}
	{container.type | some container in resources.lasting} == {"container", "sidecar"} with input as containers
	{container.type | some container in resources.limited} == {"container", "init", "sidecar"} with input as containers
}
