package kubeassay.rules.secrets.secret_in_command_test

import data.kubeassay.rules.secrets.secret_in_command

pod(fields) := {"containers": [object.union({"type": "container", "path": ["spec", "containers", 0]}, fields)]}

paths(fields) := {array.slice(finding.path, 3, count(finding.path)) | some finding in found} if {
	found := secret_in_command.fail with input as pod(fields)
}

test_option_with_secret_fails_and_is_not_shown if {
	found := secret_in_command.fail with input as pod({"args": ["serve", "--password=hunter2"]})
	found == {{
		"message": "{container} has a secret as --password in its args",
		"path": ["spec", "containers", 0, "args", 1],
	}}
}

test_option_and_value_apart_fail_once if {
	paths({"args": ["--token", "abcdef0123"]}) == {["args", 1]}
	paths({"args": ["--password", "amqp://relay:hunter2@broker"]}) == {["args", 1]}
}

test_script_probes_and_hooks_fail if {
	paths({"command": ["sh", "-c", "PGPASSWORD=hunter2 psql"]}) == {["command", 2]}
	paths({"script": "#!/bin/sh\ncurl -u shop:hunter2 https://example.com"}) == {["script"]}
	probe := {"exec": {"command": ["check", "--api-key=abcdef0123"]}}
	every name in ["livenessProbe", "readinessProbe", "startupProbe"] {
		paths({name: probe}) == {[name, "exec", "command", 1]}
	}
	paths({"lifecycle": {"preStop": probe}}) == {["lifecycle", "preStop", "exec", "command", 1]}
}

test_references_pass if {
	every arg in ["--password=$(PASSWORD)", "--password-file=/run/db", "--token", "-p", "key", 5] {
		paths({"args": [arg, "--next"]}) == set()
	}
	paths({"args": ["--password", "$(PASSWORD)"]}) == set()
	paths({"args": ["--password", "--verbose"]}) == set()
}

test_odd_types_pass if {
	every odd in [null, "--password=hunter2", {"exec": "--password=hunter2"}] {
		paths({"args": odd, "livenessProbe": odd, "lifecycle": odd, "script": null}) == set()
	}
}
