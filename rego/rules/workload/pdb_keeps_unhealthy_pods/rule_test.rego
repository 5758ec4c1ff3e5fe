package kubeassay.rules.workload.pdb_keeps_unhealthy_pods_test

import data.kubeassay.rules.workload.pdb_keeps_unhealthy_pods

budget(policy) := {"spec": {"unhealthyPodEvictionPolicy": policy}}

test_default_fails if {
	count(pdb_keeps_unhealthy_pods.fail) == 1 with input as {} with data.scan.kubernetes.minor as 37
	count(pdb_keeps_unhealthy_pods.fail) == 1 with input as budget("IfHealthyBudget")
		with data.scan.kubernetes.minor as 37
}

test_always_allow_passes if {
	count(pdb_keeps_unhealthy_pods.fail) == 0 with input as budget("AlwaysAllow")
		with data.scan.kubernetes.minor as 37
}

test_older_kubernetes_does_not_apply if {
	count(pdb_keeps_unhealthy_pods.fail) == 0 with input as {} with data.scan.kubernetes.minor as 26
	count(pdb_keeps_unhealthy_pods.not_applicable) == 1 with input as {} with data.scan.kubernetes.minor as 26
}
