# METADATA
# title: Members of etcd talk without certificates
# description: >-
#   What members tell each other is the whole cluster's data, and crosses the network in clear.
# scope: package
# related_resources:
#   - ref: https://etcd.io/docs/latest/op-guide/security/
# custom:
#   id: KA-A-0142
#   severity: high
#   over: component
#   kinds: [etcd]
#   reads: [settings.peer-cert-file, settings.peer-key-file]
#   remediation: Set --peer-cert-file and --peer-key-file of etcd.
package kubeassay.rules.control_plane.etcd_peer_certificate_missing

import data.kubeassay.lib.setting

flags := {"peer-cert-file", "peer-key-file"}

fail contains finding if {
	some name in flags
	setting.is_empty(name)
	finding := {"message": sprintf("%s: members do not use a certificate", [setting.stated(name)]), "path": setting.path(name)}
}

unknown contains finding if some finding in setting.unclear
