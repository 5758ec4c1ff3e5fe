# METADATA
# title: API server does not limit events
# description: >-
#   One client can flood the API server with events and so slow it down for everybody.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/
# custom:
#   id: KA-A-0108
#   severity: low
#   over: component
#   kinds: [kube-apiserver]
#   reads: [facts.admission_plugins.enabled]
#   remediation: >-
#     Add EventRateLimit to --enable-admission-plugins of kube-apiserver, and set its limits in the file that
#     --admission-control-config-file names.
package kubeassay.rules.control_plane.event_rate_limit_missing

import data.kubeassay.lib.admission

fail contains finding if {
	admission.is_off("EventRateLimit")
	finding := {"message": "The admission plugin EventRateLimit is not on: the rate of events is not limited", "path": admission.enable}
}

unknown contains finding if some finding in admission.unclear
