package kubeassay.rules.control_plane.admission_failure_ignored_test

import data.kubeassay.rules.control_plane.admission_failure_ignored

webhook(policy) := {"webhooks": [{"name": "pods.example.com", "failurePolicy": policy}]}

test_ignored_failure_fails if {
	found := admission_failure_ignored.fail with input as webhook("Ignore")
	found == {{
		"message": "What the webhook pods.example.com cannot check is admitted",
		"path": ["webhooks", 0, "failurePolicy"],
	}}
	count(admission_failure_ignored.fail) == 1 with input as {"spec": {"failurePolicy": "Ignore"}}
}

test_failing_passes if {
	count(admission_failure_ignored.fail) == 0 with input as webhook("Fail")
	count(admission_failure_ignored.fail) == 0 with input as {"webhooks": [{"name": "pods.example.com"}]}
	count(admission_failure_ignored.fail) == 0 with input as {}
}
