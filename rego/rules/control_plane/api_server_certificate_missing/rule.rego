# METADATA
# title: API server makes its own certificate
# description: >-
#   Clients cannot verify a certificate that the server signs itself at each start.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/
# custom:
#   id: KA-A-0123
#   severity: high
#   over: component
#   kinds: [kube-apiserver]
#   reads: [settings.tls-cert-file, settings.tls-private-key-file]
#   remediation: Set --tls-cert-file and --tls-private-key-file of kube-apiserver.
package kubeassay.rules.control_plane.api_server_certificate_missing

import data.kubeassay.lib.setting

flags := {"tls-cert-file", "tls-private-key-file"}

fail contains finding if {
	some name in flags
	setting.is_empty(name)
	finding := {"message": sprintf("%s: the server signs its own certificate", [setting.stated(name)]), "path": setting.path(name)}
}

unknown contains finding if some finding in setting.unclear
