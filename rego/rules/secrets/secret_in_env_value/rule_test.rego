package kubeassay.rules.secrets.secret_in_env_value_test

import data.kubeassay.rules.secrets.secret_in_env_value

pod(env) := {"containers": [{"path": ["spec", "containers", 0], "env": env}]}

test_secret_fails_and_is_not_shown if {
	found := secret_in_env_value.fail with input as pod([
		{"name": "LOG_LEVEL", "value": "info"},
		{"name": "DB_PASSWORD", "value": "hunter2"},
	])
	found == {{
		"message": "{container} has a secret in the value of the variable DB_PASSWORD",
		"path": ["spec", "containers", 0, "env", 1, "value"],
	}}
}

test_recognised_value_fails_under_any_name if {
	found := secret_in_env_value.fail with input as pod([{"name": "DB", "value": "postgres://shop:hunter2@db/shop"}])
	{finding.message | some finding in found} == {"{container} has a URL with a password in the value of the variable DB"}
}

test_references_pass if {
	every entry in [
		{"name": "DB_PASSWORD", "valueFrom": {"secretKeyRef": {"name": "db", "key": "password"}}},
		{"name": "DB_PASSWORD", "value": ""},
		{"name": "DB_PASSWORD", "value": "$(OTHER)"},
		{"name": "DB_PASSWORD_FILE", "value": "/run/secrets/db"},
		{"name": "ALLOW_EMPTY_PASSWORD", "value": "yes"},
		{"name": "DB_PASSWORD", "value": 5},
		{"value": "hunter2"},
		"broken",
	] {
		count(secret_in_env_value.fail) == 0 with input as pod([entry])
	}
	count(secret_in_env_value.fail) == 0 with input as pod(null)
}
