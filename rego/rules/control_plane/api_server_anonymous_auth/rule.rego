# METADATA
# title: API server answers anonymous requests
# description: >-
#   A request without credentials is let in as system:anonymous, so a mistake in one role binding opens the
#   cluster to everybody who reaches the port.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/
# custom:
#   id: KA-A-0100
#   severity: high
#   over: component
#   kinds: [kube-apiserver]
#   reads: [settings.anonymous-auth]
#   remediation: >-
#     Start kube-apiserver with --anonymous-auth=false, or disable anonymous in the authentication
#     configuration; leave it on for health checks alone, with conditions.
package kubeassay.rules.control_plane.api_server_anonymous_auth

import data.kubeassay.lib.setting

fail contains finding if {
	setting.is_other_than("anonymous-auth", "false")
	not input.settings["anonymous-auth"].conditions
	finding := {
		"message": sprintf("%s: requests without credentials are let in", [setting.stated("anonymous-auth")]),
		"path": setting.path("anonymous-auth"),
	}
}

manual contains finding if {
	paths := input.settings["anonymous-auth"].conditions
	finding := {
		"message": sprintf("Requests without credentials are let in to %s alone: judge whether that is needed", [concat(", ", paths)]),
		"path": setting.path("anonymous-auth"),
	}
}

unknown contains finding if some finding in setting.unclear
