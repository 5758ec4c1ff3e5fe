# METADATA
# title: admin or edit is granted in a namespace
# description: >-
#   Both roles read every Secret of the namespace, run any pod there and act as any of its service accounts;
#   admin also hands all of this on.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/
# custom:
#   id: KA-R-0053
#   severity: low
#   over: object
#   kinds: [RoleBinding.rbac.authorization.k8s.io]
#   reads: [facts.rbac.subjects, roleRef]
#   remediation: Bind the subjects to a role of their own that allows what they need.
package kubeassay.rules.rbac.namespace_admin_binding

import data.kubeassay.lib.binding

fail contains finding if {
	input.roleRef.kind == "ClusterRole"
	input.roleRef.name in {"admin", "edit"}
	count(input.facts.rbac.subjects) > 0
	finding := {
		"message": sprintf("Grants {value} in the namespace to %s", [binding.names(input.facts.rbac.subjects)]),
		"path": ["roleRef", "name"],
	}
}
