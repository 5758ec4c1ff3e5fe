# METADATA
# title: API server waits longer or shorter than usual
# description: >-
#   Long timeouts let slow requests tie up the server; short ones break clients on slow links.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/
# custom:
#   id: KA-A-0119
#   severity: low
#   over: component
#   kinds: [kube-apiserver]
#   reads: [settings.request-timeout]
#   remediation: >-
#     Set --request-timeout of kube-apiserver as long as the slowest client needs and no longer, or leave the
#     default of a minute.
package kubeassay.rules.control_plane.request_timeout_changed

import data.kubeassay.lib.setting

usual := {"1m0s", "1m", "60s"}

fail contains finding if {
	regex.match(`^-|^0[a-z]*$`, setting.value("request-timeout"))
	finding := {
		"message": sprintf("%s: no request can be answered in time", [setting.stated("request-timeout")]),
		"path": setting.path("request-timeout"),
	}
}

manual contains finding if {
	timeout := setting.value("request-timeout")
	not timeout in usual
	count(fail) == 0
	finding := {
		"message": sprintf("%s: judge whether that suits the cluster's clients", [setting.stated("request-timeout")]),
		"path": setting.path("request-timeout"),
	}
}

unknown contains finding if some finding in setting.unclear
