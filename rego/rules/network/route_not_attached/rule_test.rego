package kubeassay.rules.network.route_not_attached_test

import data.kubeassay.rules.network.route_not_attached

route(refusals) := {"facts": {"gateways": {"refusals": refusals}}}

test_refused_fails if {
	refusal := {"path": ["spec", "parentRefs", 0, "name"], "message": "There is no Gateway a in the namespace b"}
	route_not_attached.fail == {refusal} with input as route([refusal])
}

test_taken_passes if {
	count(route_not_attached.fail) == 0 with input as route([])
}
