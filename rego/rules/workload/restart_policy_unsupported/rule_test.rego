package kubeassay.rules.workload.restart_policy_unsupported_test

import data.kubeassay.rules.workload.restart_policy_unsupported

messages(kind, spec) := found if {
	faults := restart_policy_unsupported.fail with input as {"spec": spec, "workload": {"group_kind": kind}}
	found := {finding.message | some finding in faults}
}

test_lasting_kinds_allow_only_always if {
	messages("Deployment.apps", {"restartPolicy": "Never"}) == {"Restart policy Never is not allowed here, only Always"}
	messages("Deployment.apps", {"restartPolicy": "Always"}) == set()
	messages("Deployment.apps", {}) == set()
}

test_jobs_must_name_another if {
	messages("Job.batch", {}) == {"Restart policy Always is not allowed here, only OnFailure or Never"}
	messages("CronJob.batch", {"restartPolicy": "OnFailure"}) == set()
	messages("Job.batch", {"restartPolicy": "Never"}) == set()
}
