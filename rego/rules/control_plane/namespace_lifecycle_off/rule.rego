# METADATA
# title: Objects are created in namespaces that are being deleted
# description: >-
#   Without the plugin NamespaceLifecycle objects enter namespaces that do not exist or are going, and the
#   namespaces of the system can be deleted.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/
# custom:
#   id: KA-A-0112
#   severity: medium
#   over: component
#   kinds: [kube-apiserver]
#   reads: [facts.admission_plugins.enabled]
#   remediation: Remove NamespaceLifecycle from --disable-admission-plugins of kube-apiserver.
package kubeassay.rules.control_plane.namespace_lifecycle_off

import data.kubeassay.lib.admission

fail contains finding if {
	admission.is_off("NamespaceLifecycle")
	finding := {"message": "The admission plugin NamespaceLifecycle is not on: namespaces that do not exist take objects", "path": admission.disable}
}

fail contains finding if {
	admission.is_on("NamespaceLifecycle")
	admission.is_switched_off("NamespaceLifecycle")
	finding := {
		"message": "NamespaceLifecycle is named to be switched on and off: an API server takes but one of them",
		"path": admission.disable,
	}
}

unknown contains finding if some finding in admission.unclear
