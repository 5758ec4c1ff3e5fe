package kubeassay.rules.control_plane.webhook_intercepts_kube_system_test

import data.kubeassay.rules.control_plane.webhook_intercepts_kube_system

configuration(fields) := {
	"webhooks": [object.union(
		{
			"name": "pods.example.com",
			"rules": [{"apiGroups": [""], "resources": ["pods"], "operations": ["CREATE"]}],
		},
		fields,
	)],
	"facts": {"admission": {"kube_system_labels": {"kubernetes.io/metadata.name": "kube-system"}}},
}

test_all_namespaces_fail if {
	found := webhook_intercepts_kube_system.fail with input as configuration({})
	{finding.path | some finding in found} == {["webhooks", 0, "namespaceSelector"]}
}

test_leaving_kube_system_out_passes if {
	selector := {"matchExpressions": [{
		"key": "kubernetes.io/metadata.name",
		"operator": "NotIn",
		"values": ["kube-system"],
	}]}
	webhooks := configuration({"namespaceSelector": selector})
	count(webhook_intercepts_kube_system.fail) == 0 with input as webhooks
}

test_ignoring_failure_passes if {
	count(webhook_intercepts_kube_system.fail) == 0 with input as configuration({"failurePolicy": "Ignore"})
}

test_other_resources_pass if {
	rules := [{"apiGroups": ["apps"], "resources": ["deployments"], "operations": ["*"]}]
	count(webhook_intercepts_kube_system.fail) == 0 with input as configuration({"rules": rules})
	cluster := [{"apiGroups": [""], "resources": ["pods"], "operations": ["*"], "scope": "Cluster"}]
	count(webhook_intercepts_kube_system.fail) == 0 with input as configuration({"rules": cluster})
}

test_narrowed_webhook_passes if {
	narrowed := configuration({"objectSelector": {"matchLabels": {"inject": "true"}}})
	count(webhook_intercepts_kube_system.fail) == 0 with input as narrowed
}
