# METADATA
# title: Permissions that lead to every other one
# description: "`permissions` are those of the fact rbac.permissions: by binding, with namespace and rules."
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
package kubeassay.lib.takeover

import data.kubeassay.lib.rbac

# METADATA
# title: The ways in which the permissions lead to the whole cluster
# description: >-
#   Each way with its `power` in words and the `binding` that gives it. Whoever has one of them in
#   kube-system has the service accounts of the controllers, and so the cluster.
of_cluster(permissions) := {way |
	some permission in permissions
	permission.namespace in {"", "kube-system"}
	some power, needs in powers
	gives(permission, needs)
	way := {"power": power, "binding": permission.binding}
}

# METADATA
# title: The namespaces that the permissions lead to all of
of_namespaces(permissions) := {permission.namespace |
	some permission in permissions
	leads_to_all(permission.namespace, permissions)
}

leads_to_all(namespace, permissions) if {
	every power in ["creates Pods", "reads Secrets"] {
		some permission in permissions
		permission.namespace == namespace
		gives(permission, powers[power])
	}
}

leads_to_all(namespace, permissions) if {
	some permission in permissions
	permission.namespace == namespace
	some power in ["binds roles", "escalates roles"]
	gives(permission, powers[power])
}

# METADATA
# title: The ways in words, the first by name
summary(ways) := sprintf("may do everything (%s)", [min({way.binding | some way in ways})]) if {
	{way.power | some way in ways} == object.keys(powers)
} else := sprintf("%s (%s)%s", [power, binding, others(count(named) - 1)]) if {
	named := {way.power | some way in ways}
	power := min(named)
	binding := min({way.binding | some way in ways; way.power == power})
}

others(number) := "" if number == 0

others(number) := sprintf(" and %d more", [number]) if number > 0

gives(permission, needs) if {
	every need in needs {
		some rule in permission.rules
		is_object(rule)
		rbac.allows(rule, in_scope(need, permission.namespace), need.verbs)
	}
}

in_scope(need, namespace) := need.resources if namespace == ""

# In a namespace, `bind` on ClusterRoles lets RoleBindings refer to them.
in_scope(need, namespace) := need.resources if {
	namespace != ""
	need.verbs == {"bind"}
}

in_scope(need, namespace) := namespaced if {
	namespace != ""
	need.verbs != {"bind"}
	namespaced := {group: left | some group, names in need.resources; left := names - rbac.cluster_scoped}
}

writing := {"create", "patch", "update"}

workloads := {
	"": {"replicationcontrollers"},
	"apps": {"daemonsets", "deployments", "replicasets", "statefulsets"},
	"batch": {"cronjobs", "jobs"},
}

# A power needs a permission of each line.
powers := {
	"adds ephemeral containers to Pods": [
		{"resources": {"": {"pods/ephemeralcontainers"}}, "verbs": {"patch", "update"}},
	],
	"binds roles": [
		{"resources": {rbac.api_group: {"clusterroles"}}, "verbs": {"bind"}},
		{"resources": {rbac.api_group: {"clusterrolebindings", "rolebindings"}}, "verbs": writing},
	],
	"changes mutating webhooks": [
		{"resources": {"admissionregistration.k8s.io": {"mutatingwebhookconfigurations"}}, "verbs": writing},
	],
	"creates Pods": [{"resources": {"": {"pods"}}, "verbs": {"create"}}],
	"creates tokens of service accounts": [
		{"resources": {"": {"serviceaccounts/token"}}, "verbs": {"create"}},
	],
	"creates workloads": [{"resources": workloads, "verbs": writing}],
	"escalates roles": [
		{"resources": {rbac.api_group: {"clusterroles", "roles"}}, "verbs": {"escalate"}},
		{"resources": {rbac.api_group: {"clusterroles", "roles"}}, "verbs": writing},
	],
	"executes commands in containers": [{"resources": {"": {"pods/exec"}}, "verbs": rbac.opening}],
	"impersonates others": [
		{"resources": {"": {"groups", "serviceaccounts", "users"}}, "verbs": {"impersonate"}},
	],
	"reaches the API of kubelets": [{"resources": {"": {"nodes/proxy"}}, "verbs": {"create", "get"}}],
	"reads Secrets": [{"resources": {"": {"secrets"}}, "verbs": {"get", "list", "watch"}}],
}
