# METADATA
# title: Admission plugin AlwaysAdmit is on
# description: >-
#   The plugin lets everything in and was made for tests; where it is asked for, admission was meant to be
#   without effect.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/
# custom:
#   id: KA-A-0109
#   severity: medium
#   over: component
#   kinds: [kube-apiserver]
#   reads: [facts.admission_plugins.enabled]
#   remediation: Remove AlwaysAdmit from --enable-admission-plugins of kube-apiserver.
package kubeassay.rules.control_plane.admission_always_admit

import data.kubeassay.lib.admission

fail contains finding if {
	admission.is_on("AlwaysAdmit")
	finding := {"message": "The admission plugin AlwaysAdmit is on", "path": admission.enable}
}

unknown contains finding if some finding in admission.unclear
