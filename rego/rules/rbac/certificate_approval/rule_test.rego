package kubeassay.rules.rbac.certificate_approval_test

import data.kubeassay.rules.rbac.certificate_approval

role(kind, policy_rule) := {"kind": kind, "metadata": {"name": "support"}, "rules": [policy_rule]}

rule(groups, resources, verbs) := {"apiGroups": groups, "resources": resources, "verbs": verbs}

test_update_fails if {
	given := role("ClusterRole", rule(["certificates.k8s.io"], ["certificatesigningrequests/approval"], ["update"]))
	found := certificate_approval.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "resources", 0]}
}

test_patch_fails if {
	given := role("ClusterRole", rule(["certificates.k8s.io"], ["certificatesigningrequests", "certificatesigningrequests/approval"], ["patch"]))
	found := certificate_approval.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "resources", 1]}
}

test_request_passes if {
	given := role("ClusterRole", rule(["certificates.k8s.io"], ["certificatesigningrequests"], ["create", "update"]))
	count(certificate_approval.fail) == 0 with input as given
}

test_cluster_scoped_passes if {
	given := role("Role", rule(["*"], ["certificatesigningrequests/approval"], ["*"]))
	count(certificate_approval.fail) == 0 with input as given
}
