package kubeassay.lib.rbac_test

import data.kubeassay.lib.rbac

role(kind, rule) := {"kind": kind, "metadata": {"name": "support"}, "rules": [rule]}

reading(rule) := found if {
	found := rbac.grants({"": {"secrets"}}, {"get", "list"}) with input as role("ClusterRole", rule)
}

secrets := {"apiGroups": [""], "resources": ["pods", "secrets"], "verbs": ["watch", "list", "get"]}

changed(fields) := object.union(secrets, fields)

test_grant_names_rule_resource_and_verbs if {
	reading(secrets) == {{
		"rule": 0,
		"resource": 1,
		"resources": ["secrets"],
		"verb": 1,
		"verbs": ["list", "get"],
		"names": [],
	}}
}

test_findings_of_a_grant if {
	some grant in reading(secrets)
	rbac.finding(grant, "reading Secrets") == {
		"message": "Allows reading Secrets: list, get on secrets",
		"path": ["rules", 0, "resources", 1],
	}
	rbac.verb_finding(grant, "reading Secrets").path == ["rules", 0, "verbs", 1]
}

test_wildcards_match if {
	count(reading(changed({"apiGroups": ["*"]}))) == 1
	count(reading(changed({"resources": ["*"]}))) == 1
	count(reading(changed({"verbs": ["*"]}))) == 1
}

test_wrong_group_grants_nothing if count(reading(changed({"apiGroups": ["apps"]}))) == 0

test_no_group_grants_nothing if count(reading(object.remove(secrets, ["apiGroups"]))) == 0

test_other_verbs_grant_nothing if count(reading(changed({"verbs": ["create"]}))) == 0

test_named_objects_are_left_out if {
	rule := changed({"resourceNames": ["tls"]})
	count(reading(rule)) == 0
	found := rbac.matching({"": {"secrets"}}, {"get"}) with input as role("ClusterRole", rule)
	{grant.names | some grant in found} == {["tls"]}
}

test_rules_of_wrong_types_grant_nothing if {
	count(reading("everything")) == 0
	count(reading(changed({"verbs": "*"}))) == 0
	found := rbac.grants({"": {"secrets"}}, {"get"}) with input as {"kind": "Role", "rules": "all"}
	count(found) == 0
}

test_everything_is_a_fault_of_its_own if {
	every groups in [["*"], [""]] {
		count(reading({"apiGroups": groups, "resources": ["*"], "verbs": ["*"]})) == 0
	}
}

test_everything_of_one_group_is_judged_in_parts if {
	rule := {"apiGroups": ["apps"], "resources": ["*"], "verbs": ["*"]}
	found := rbac.grants({"apps": {"deployments"}}, {"create"}) with input as role("ClusterRole", rule)
	count(found) == 1
}

test_subresources if {
	rule := {"apiGroups": [""], "resources": ["secrets"], "verbs": ["create"]}
	expected := {
		"pods/exec": 1,
		"*/exec": 1,
		"*": 1,
		"pods": 0,
		"pods/*": 0,
		"*/log": 0,
	}
	every entry, granted in expected {
		allowed := {true | rbac.allows(object.union(rule, {"resources": [entry]}), {"": {"pods/exec"}}, {"create"})}
		count(allowed) == granted
	}
}

test_role_allows_nothing_on_cluster_scoped_resources if {
	rule := {"apiGroups": [""], "resources": ["persistentvolumes", "nodes/proxy"], "verbs": ["*"]}
	wanted := {"": {"persistentvolumes", "nodes/proxy"}}
	count(rbac.grants(wanted, {"create"})) == 0 with input as role("Role", rule)
	count(rbac.grants(wanted, {"create"})) == 1 with input as role("ClusterRole", rule)
}

test_exempt_roles_have_no_rules if {
	every fields in [
		{"facts": {"bootstrap": {"origin": {"maker": "Kubernetes", "beyond": []}}}},
		{"aggregationRule": {"clusterRoleSelectors": [{"matchLabels": {"a": "b"}}]}},
	] {
		judged := object.union(role("ClusterRole", secrets), fields)
		count(rbac.rules) == 0 with input as judged
		count(rbac.not_judged) == 1 with input as judged
	}
}

test_what_was_added_to_a_role_of_kubernetes_is_judged if {
	changed := {"facts": {"bootstrap": {"origin": {"maker": "Kubernetes", "beyond": [1]}}}}
	judged := object.union(changed, {"kind": "ClusterRole", "rules": [{"verbs": ["get"]}, {"verbs": ["list"]}]})
	count(rbac.exemptions) == 0 with input as judged
	rbac.rules == {1: {"verbs": ["list"]}} with input as judged
}

test_a_name_and_a_label_alone_exempt_no_role if {
	metadata := {"name": "system:own", "labels": {"kubernetes.io/bootstrapping": "rbac-defaults"}}
	count(rbac.exemptions) == 0 with input as {"kind": "ClusterRole", "metadata": metadata}
}
