package kubeassay.rules.control_plane.gatekeeper_repository_open_ended_test

import data.kubeassay.rules.control_plane.gatekeeper_repository_open_ended

constraint(repository) := {"spec": {"parameters": {"repos": [repository]}}}

test_open_ended_fails if {
	found := gatekeeper_repository_open_ended.fail with input as constraint("example.com/team")
	{finding.path | some finding in found} == {["spec", "parameters", "repos", 0]}
	count(gatekeeper_repository_open_ended.fail) == 1 with input as constraint("localhost:5000")
}

test_closed_passes if {
	count(gatekeeper_repository_open_ended.fail) == 0 with input as constraint("example.com/team/")
	count(gatekeeper_repository_open_ended.fail) == 0 with input as constraint("example.com/team/api:1.4.2")
	count(gatekeeper_repository_open_ended.fail) == 0 with input as constraint("example.com/api@sha256:ab")
}
