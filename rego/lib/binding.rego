# METADATA
# title: Whom role bindings grant their roles
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/
package kubeassay.lib.binding

# METADATA
# title: The subjects in words, the first two by name
names(subjects) := text if {
	count(subjects) <= 2
	text := concat(" and ", called(subjects))
}

names(subjects) := sprintf("%s and %d more", [concat(", ", array.slice(called(subjects), 0, 2)), count(subjects) - 2]) if {
	count(subjects) > 2
}

called(subjects) := [sprintf("%s %s%s", [subject.kind, prefix(subject), subject.name]) | some subject in subjects]

prefix(subject) := sprintf("%s/", [subject.namespace]) if {
	subject.namespace != ""
} else := ""
