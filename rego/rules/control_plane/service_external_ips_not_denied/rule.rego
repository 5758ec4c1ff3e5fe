# METADATA
# title: Services may take any external address
# description: >-
#   Whoever may create Services can set externalIPs to an address of somebody else and receive the traffic
#   that nodes send there (CVE-2020-8554).
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/
# custom:
#   id: KA-A-0102
#   severity: medium
#   over: component
#   kinds: [kube-apiserver]
#   reads: [facts.admission_plugins.enabled]
#   remediation: Add DenyServiceExternalIPs to --enable-admission-plugins of kube-apiserver.
package kubeassay.rules.control_plane.service_external_ips_not_denied

import data.kubeassay.lib.admission

fail contains finding if {
	admission.is_off("DenyServiceExternalIPs")
	finding := {"message": "The admission plugin DenyServiceExternalIPs is not on: Services may name external addresses", "path": admission.enable}
}

unknown contains finding if some finding in admission.unclear
