# METADATA
# title: The API server lets some users create any pod
# description: >-
#   The exemptions in its Pod Security configuration hold in every namespace, whatever its labels say: whoever
#   acts as such a user, or names such a runtime class, takes over nodes.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/configure-pod-container/enforce-standards-admission-controller/
# custom:
#   id: KA-NS-0032
#   severity: medium
#   over: node
#   reads: [facts.pod_security.exemptions]
#   tags: [admission]
#   remediation: Remove the exemptions, and enforce privileged in the namespaces that need it instead.
package kubeassay.rules.namespace.pod_security_exempts_users

exemptions := input.facts.pod_security.exemptions

fail contains finding if {
	some key, what in {"users": "usernames", "runtime_classes": "runtimeClasses"}
	some at, name in exemptions[key]
	finding := {
		"message": sprintf("Pod Security exempts {value} in every namespace (%s)", [what]),
		"path": array.concat(exemptions.path, [what, at]),
	}
}

not_applicable contains finding if {
	not configured
	finding := {"message": "The node's API server, if any, has no exemptions configured", "path": []}
}

configured if is_object(exemptions)
