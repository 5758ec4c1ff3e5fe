package kubeassay.rules.network.dangling_service_monitor_test

import data.kubeassay.rules.network.dangling_service_monitor

monitor(none) := {"kind": "ServiceMonitor", "facts": {"monitors": {"selects_none": none}}}

test_watching_nothing_fails if {
	found := dangling_service_monitor.fail with input as monitor(true)
	{finding.path | some finding in found} == {["spec", "selector"]}
}

test_watching_something_passes if {
	count(dangling_service_monitor.fail) == 0 with input as monitor(false)
}

test_what_may_be_left_out_is_not_applicable if {
	count(dangling_service_monitor.fail) == 0 with input as monitor(null)
	count(dangling_service_monitor.not_applicable) == 1 with input as monitor(null)
}
