package kubeassay.rules.workload.namespace_takeover_test

import data.kubeassay.rules.workload.namespace_takeover

workload(token, permissions) := {"facts": {"rbac": {
	"service_account": {"field": "serviceAccountName", "token": token},
	"permissions": permissions,
}}}

granted(namespace, resources, verbs) := {
	"binding": "RoleBinding api",
	"namespace": namespace,
	"rules": [{"apiGroups": [""], "resources": resources, "verbs": verbs}],
}

test_secrets_and_pods_fail if {
	given := workload(true, [granted("shop", ["secrets"], ["get"]), granted("shop", ["pods"], ["create"])])
	found := namespace_takeover.fail with input as given
	found == {{"message": "The pod can take over the namespace shop", "path": ["spec", "serviceAccountName"]}}
}

test_one_of_both_passes if {
	given := workload(true, [granted("shop", ["secrets"], ["get"]), granted("stage", ["pods"], ["create"])])
	count(namespace_takeover.fail) == 0 with input as given
}

test_cluster_is_another_fault if {
	given := workload(true, [granted("shop", ["*"], ["*"]), granted("", ["secrets"], ["get"])])
	count(namespace_takeover.fail) == 0 with input as given
}

test_no_token_passes if {
	count(namespace_takeover.fail) == 0 with input as workload(false, [granted("shop", ["*"], ["*"])])
}
