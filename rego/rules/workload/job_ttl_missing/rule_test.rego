package kubeassay.rules.workload.job_ttl_missing_test

import data.kubeassay.rules.workload.job_ttl_missing

judged(workload) := [fails, exempt] if {
	fails := count(job_ttl_missing.fail) with input as {"workload": workload}
	exempt := count(job_ttl_missing.not_applicable) with input as {"workload": workload}
}

test_without_a_time_fails if {
	judged({}) == [1, 0]
	judged({"spec": {"ttlSecondsAfterFinished": null}}) == [1, 0]
}

test_with_a_time_passes if judged({"spec": {"ttlSecondsAfterFinished": 0}}) == [0, 0]

test_what_others_delete_is_not_applicable if {
	judged({"metadata": {"ownerReferences": [{"kind": "CronJob"}]}}) == [0, 1]
	judged({"annotations": {"helm.sh/hook": "pre-install"}}) == [0, 1]
	judged({"annotations": {"argocd.argoproj.io/hook-delete-policy": "HookSucceeded"}}) == [0, 1]
}
