package kubeassay.lib.takeover_test

import data.kubeassay.lib.takeover

granted(namespace, rules) := {"binding": "RoleBinding api", "namespace": namespace, "rules": rules}

rule(group, resources, verbs) := {"apiGroups": [group], "resources": resources, "verbs": verbs}

rbac := "rbac.authorization.k8s.io"

powers(permissions) := {way.power | some way in takeover.of_cluster(permissions)}

test_everything_has_every_power if {
	powers([granted("", [rule("*", ["*"], ["*"])])]) == object.keys(takeover.powers)
}

test_nodes_cannot_be_reached_in_a_namespace if {
	powers([granted("kube-system", [rule("", ["nodes/proxy", "secrets"], ["get"])])]) == {"reads Secrets"}
}

test_named_objects_lead_nowhere if {
	named := object.union(rule("", ["secrets"], ["get"]), {"resourceNames": ["tls"]})
	powers([granted("", [named])]) == set()
}

test_binding_needs_a_role_binding_to_write if {
	bind := rule(rbac, ["clusterroles"], ["bind"])
	write := rule(rbac, ["rolebindings"], ["create"])
	powers([granted("kube-system", [bind])]) == set()
	powers([granted("kube-system", [bind, write])]) == {"binds roles"}
	takeover.of_namespaces([granted("shop", [bind, write])]) == {"shop"}
}

test_namespace_needs_secrets_and_pods if {
	read := rule("", ["secrets"], ["get"])
	run := rule("", ["pods"], ["create"])
	takeover.of_namespaces([granted("shop", [read]), granted("shop", [run])]) == {"shop"}
	takeover.of_namespaces([granted("shop", [read]), granted("stage", [run])]) == set()
}

test_rules_of_wrong_types_lead_nowhere if powers([granted("", ["everything", {"verbs": "*"}])]) == set()

test_summary if {
	read := {"power": "reads Secrets", "binding": "RoleBinding api"}
	takeover.summary({read}) == "reads Secrets (RoleBinding api)"
	create := {"power": "creates Pods", "binding": "RoleBinding run"}
	takeover.summary({read, create}) == "creates Pods (RoleBinding run) and 1 more"
	takeover.summary(takeover.of_cluster([granted("", [rule("*", ["*"], ["*"])])])) == "may do everything (RoleBinding api)"
}
