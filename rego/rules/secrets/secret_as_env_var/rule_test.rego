package kubeassay.rules.secrets.secret_as_env_var_test

import data.kubeassay.rules.secrets.secret_as_env_var

pod(fields) := {"containers": [object.union({"path": ["spec", "containers", 0]}, fields)]}

test_key_of_secret_fails if {
	found := secret_as_env_var.fail with input as pod({"env": [
		{"name": "A", "value": "1"},
		{"name": "B", "valueFrom": {"secretKeyRef": {"name": "db", "key": "password"}}},
	]})
	found == {{
		"message": "{container} gets a secret as the environment variable B",
		"path": ["spec", "containers", 0, "env", 1, "valueFrom", "secretKeyRef"],
	}}
}

test_whole_secret_fails if {
	found := secret_as_env_var.fail with input as pod({"envFrom": [{"configMapRef": {"name": "a"}}, {"secretRef": {"name": "db"}}]})
	found == {{
		"message": "{container} gets all keys of the Secret db as environment variables",
		"path": ["spec", "containers", 0, "envFrom", 1, "secretRef"],
	}}
}

test_config_map_and_fields_pass if {
	count(secret_as_env_var.fail) == 0 with input as pod({
		"env": [{"name": "A", "valueFrom": {"configMapKeyRef": {"name": "a", "key": "b"}}}, "odd"],
		"envFrom": null,
	})
}
