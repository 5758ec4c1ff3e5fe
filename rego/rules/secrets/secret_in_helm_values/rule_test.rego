package kubeassay.rules.secrets.secret_in_helm_values_test

import data.kubeassay.rules.secrets.secret_in_helm_values

paths(spec) := {finding.path | some finding in found} if {
	found := secret_in_helm_values.fail with input as {"spec": spec}
}

test_value_fails_and_is_not_shown if {
	found := secret_in_helm_values.fail with input as {"spec": {"values": {"auth": {"user": "shop", "password": "hunter2"}}}}
	found == {{
		"message": "The values of the release have a secret",
		"path": ["spec", "values", "auth", "password"],
	}}
}

test_values_as_text_fail if {
	paths({"valuesContent": "auth:\n  password: hunter2\n"}) == {["spec", "valuesContent"]}
	paths({"source": {"helm": {"values": "auth:\n  password: hunter2\n"}}}) == {["spec", "source", "helm", "values"]}
}

test_parameter_fails if {
	parameters := [{"name": "image.tag", "value": "1"}, {"name": "auth.password", "value": "hunter2"}]
	paths({"sources": [{"helm": {"parameters": parameters}}]}) == {["spec", "sources", 0, "helm", "parameters", 1, "value"]}
}

test_names_of_secrets_pass if {
	paths({"values": {"auth": {"existingSecret": "db", "secretKeys": {"adminPasswordKey": "admin"}, "password": ""}}}) == set()
	paths({"set": {"image.pullSecret": "registry"}}) == set()
	paths({"values": null}) == set()
}
