package kubeassay.rules.secrets.secret_last_applied_test

import data.kubeassay.rules.secrets.secret_last_applied

secret(text) := {"metadata": {"annotations": {"kubectl.kubernetes.io/last-applied-configuration": text}}}

test_copy_of_values_fails_and_is_not_shown if {
	every text in [`{"kind": "Secret", "data": {"password": "aHVudGVyMg=="}}`, `{"stringData": {"password": "hunter2"}}`] {
		found := secret_last_applied.fail with input as secret(text)
		found == {{
			"message": "The annotation last-applied-configuration has the Secret's values",
			"path": ["metadata", "annotations", "kubectl.kubernetes.io/last-applied-configuration"],
		}}
	}
}

test_copy_without_values_passes if {
	every text in [`{"kind": "Secret"}`, `{"data": {}}`, `{"data": null}`, `[]`, `7`, 7] {
		count(secret_last_applied.fail) == 0 with input as secret(text)
		count(secret_last_applied.unknown) == 0 with input as secret(text)
	}
	count(secret_last_applied.fail) == 0 with input as {"metadata": {}}
}

test_hidden_copy_is_unknown if {
	count(secret_last_applied.unknown) == 1 with input as secret("REDACTED")
}
