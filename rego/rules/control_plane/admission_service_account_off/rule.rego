# METADATA
# title: Pods get no service accounts
# description: >-
#   Without the plugin ServiceAccount Pods get no identity of their own, and tokens are not mounted or
#   restricted as they say.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/
# custom:
#   id: KA-A-0111
#   severity: medium
#   over: component
#   kinds: [kube-apiserver]
#   reads: [facts.admission_plugins.enabled]
#   remediation: Remove ServiceAccount from --disable-admission-plugins of kube-apiserver.
package kubeassay.rules.control_plane.admission_service_account_off

import data.kubeassay.lib.admission

fail contains finding if {
	admission.is_off("ServiceAccount")
	finding := {"message": "The admission plugin ServiceAccount is not on: Pods get no service accounts", "path": admission.disable}
}

fail contains finding if {
	admission.is_on("ServiceAccount")
	admission.is_switched_off("ServiceAccount")
	finding := {
		"message": "ServiceAccount is named to be switched on and off: an API server takes but one of them",
		"path": admission.disable,
	}
}

unknown contains finding if some finding in admission.unclear
