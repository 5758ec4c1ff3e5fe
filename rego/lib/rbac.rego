# METADATA
# title: What roles allow, as Kubernetes' RBAC authorizer reads their rules
# description: Reads kind, rules, aggregationRule, metadata.name and facts.bootstrap.origin of the judged role.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/
package kubeassay.lib.rbac

api_group := "rbac.authorization.k8s.io"

modifying := {"create", "delete", "deletecollection", "patch", "update"}

# METADATA
# title: The verbs that open a stream to a container
# description: Before Kubernetes 1.35 websockets, which open with a GET, needed no more than get.
opening contains "create"

opening contains "get" if data.scan.kubernetes.minor < 35

# METADATA
# title: Why the judged role is not its author's fault
exemptions contains reason if {
	count(input.facts.bootstrap.origin.beyond) == 0
	reason := sprintf("%s makes this role itself, and it allows no more than that", [input.facts.bootstrap.origin.maker])
}

exemptions contains "its rules are those of the ClusterRoles that it aggregates, which are judged themselves" if {
	is_array(input.aggregationRule.clusterRoleSelectors)
	count(input.aggregationRule.clusterRoleSelectors) > 0
}

# METADATA
# title: For the judged role's `not_applicable`
not_judged contains {"message": reason, "path": ["metadata", "name"]} if some reason in exemptions

# METADATA
# title: The rules of the judged role, by their positions
# description: Of a role that Kubernetes makes itself, those that somebody added to it.
rules[position] := rule if {
	count(exemptions) == 0
	is_array(input.rules)
	some position, rule in input.rules
	is_object(rule)
	added(position)
}

added(_) if not input.facts.bootstrap.origin

added(position) if position in input.facts.bootstrap.origin.beyond

# METADATA
# title: Rules that allow one of the verbs on one of the resources, whatever the objects' names
# description: >-
#   `resources` is API group → names. A Role allows nothing on cluster-scoped resources. Rules that allow
#   everything are left out, since that is a fault of its own (see `total`).
grants(resources, verbs) := {grant |
	some grant in matching(in_scope(resources), verbs)
	count(grant.names) == 0
}

# METADATA
# title: The same, of any scope and with rules for the objects of some `names` alone
matching(resources, verbs) := {grant |
	some position, rule in rules
	wanted := {group: names | some group, names in resources; not everything(rule, group)}
	places := covering(rule, wanted)
	count(places) > 0
	allowed := allowing(rule, verbs)
	count(allowed) > 0
	grant := {
		"rule": position,
		"resource": min(places),
		"resources": [rule.resources[place] | some place in places],
		"verb": min(allowed),
		"verbs": [rule.verbs[place] | some place in allowed],
		"names": list(rule, "resourceNames"),
	}
}

# METADATA
# title: The finding for a grant, at its resource
finding(grant, what) := {
	"message": sprintf("Allows %s: %s on %s", [what, concat(", ", grant.verbs), concat(", ", grant.resources)]),
	"path": ["rules", grant.rule, "resources", grant.resource],
}

# METADATA
# title: The finding for a grant, at its verb
verb_finding(grant, what) := object.union(finding(grant, what), {"path": ["rules", grant.rule, "verbs", grant.verb]})

# METADATA
# title: A rule allows one of the verbs on one of the resources, whatever the objects' names
allows(rule, resources, verbs) if {
	count(list(rule, "resourceNames")) == 0
	count(covering(rule, resources)) > 0
	count(allowing(rule, verbs)) > 0
}

# METADATA
# title: A rule allows every verb on every resource of its API groups
total(rule) if {
	star(rule, "verbs")
	star(rule, "resources")
	count(list(rule, "resourceNames")) == 0
}

# METADATA
# title: A list of a rule has the wildcard
star(rule, key) if "*" in list(rule, key)

# METADATA
# title: The path of the wildcard in a list of a rule
star_path(position, rule, key) := ["rules", position, key, min({at | some at, "*" in list(rule, key)})]

# METADATA
# title: A list of a rule; empty where it is missing or no list
list(rule, key) := rule[key] if {
	is_array(rule[key])
} else := []

everything(rule, _) if {
	total(rule)
	star(rule, "apiGroups")
}

everything(rule, "") if {
	total(rule)
	"" in list(rule, "apiGroups")
}

# Positions in a rule's `resources` that cover one of the resources, where it names the API group.
covering(rule, resources) := {place |
	some group, names in resources
	some named in list(rule, "apiGroups")
	named in {"*", group}
	some place, entry in list(rule, "resources")
	some name in names
	covers(entry, name)
}

# "*" covers subresources too, "*/scale" that of every resource, but "pods/*" covers nothing.
covers("*", _) := true

covers(entry, name) if entry == name

covers(entry, name) if {
	contains(name, "/")
	entry == concat("/", ["*", split(name, "/")[1]])
}

allowing(rule, verbs) := {place |
	some place, verb in list(rule, "verbs")
	verb in (verbs | {"*"})
}

cluster_scoped := {
	"apiservices",
	"certificatesigningrequests/approval",
	"clusterrolebindings",
	"clusterroles",
	"groups",
	"mutatingadmissionpolicies",
	"mutatingadmissionpolicybindings",
	"mutatingwebhookconfigurations",
	"nodes",
	"nodes/proxy",
	"nodes/status",
	"persistentvolumes",
	"users",
	"validatingadmissionpolicies",
	"validatingadmissionpolicybindings",
	"validatingwebhookconfigurations",
}

in_scope(resources) := resources if input.kind != "Role"

in_scope(resources) := namespaced if {
	input.kind == "Role"
	namespaced := {group: left | some group, names in resources; left := names - cluster_scoped}
}
