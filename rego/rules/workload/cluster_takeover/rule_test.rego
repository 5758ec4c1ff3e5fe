package kubeassay.rules.workload.cluster_takeover_test

import data.kubeassay.rules.workload.cluster_takeover

workload(token, permissions) := {"facts": {"rbac": {
	"service_account": {"field": "serviceAccountName", "token": token},
	"permissions": permissions,
}}}

granted(namespace, resources, verbs) := {
	"binding": "RoleBinding api",
	"namespace": namespace,
	"rules": [{"apiGroups": [""], "resources": resources, "verbs": verbs}],
}

test_secrets_of_the_cluster_fail if {
	given := workload(true, [granted("", ["secrets"], ["list"])])
	found := cluster_takeover.fail with input as given
	found == {{
		"message": "The pod can take over the cluster: it reads Secrets (RoleBinding api)",
		"path": ["spec", "serviceAccountName"],
	}}
}

test_pods_in_kube_system_fail if {
	given := workload(true, [granted("kube-system", ["pods"], ["create"])])
	count(cluster_takeover.fail) == 1 with input as given
}

test_no_token_passes if {
	count(cluster_takeover.fail) == 0 with input as workload(false, [granted("", ["secrets"], ["list"])])
}

test_one_namespace_passes if {
	count(cluster_takeover.fail) == 0 with input as workload(true, [granted("shop", ["secrets"], ["list"])])
}
