package kubeassay.rules.secrets.secret_in_annotation_test

import data.kubeassay.rules.secrets.secret_in_annotation

keys(annotations) := {finding.path[2] | some finding in found} if {
	found := secret_in_annotation.fail with input as {"metadata": {"annotations": annotations}}
}

test_secret_fails_and_is_not_shown if {
	found := secret_in_annotation.fail with input as {"metadata": {"annotations": {"example.com/db-password": "hunter2"}}}
	found == {{
		"message": "The annotation example.com/db-password has a secret",
		"path": ["metadata", "annotations", "example.com/db-password"],
	}}
}

test_secret_in_structured_annotation_fails if {
	keys({"ad.datadoghq.com/db.instances": `[{"host": "db", "password": "hunter2"}]`}) == {"ad.datadoghq.com/db.instances"}
}

test_pod_templates_are_looked_at if {
	template := {"metadata": {"annotations": {"example.com/api-key": "abcdef0123"}}}
	found := secret_in_annotation.fail with input as {"spec": {
		"template": template,
		"jobTemplate": {"spec": {"template": template}},
	}}
	{finding.path | some finding in found} == {
		["spec", "template", "metadata", "annotations", "example.com/api-key"],
		["spec", "jobTemplate", "spec", "template", "metadata", "annotations", "example.com/api-key"],
	}
}

test_names_of_secrets_hashes_and_copies_pass if {
	keys({
		"nginx.ingress.kubernetes.io/auth-secret": "basic-auth",
		"example.com/tls-secret": "shop/tls",
		"example.com/oauth-secret": "oauth",
		"checksum/secret": "0f1c4ba8f7d39a1b6e1a8d3b7e7b9a2d",
		"vault.hashicorp.com/agent-inject-token": "true",
		"kubectl.kubernetes.io/last-applied-configuration": `{"data": {"password": "hunter2"}}`,
	}) == set()
}

test_odd_types_pass if {
	every odd in [null, "password=hunter2", {"password": 5}] {
		count(secret_in_annotation.fail) == 0 with input as {"metadata": {"annotations": odd}}
	}
}
