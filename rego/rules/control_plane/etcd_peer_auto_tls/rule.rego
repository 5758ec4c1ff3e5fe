# METADATA
# title: Members of etcd make their own certificates
# description: >-
#   Members cannot verify each other when each signs its own certificate.
# scope: package
# related_resources:
#   - ref: https://etcd.io/docs/latest/op-guide/security/
# custom:
#   id: KA-A-0144
#   severity: high
#   over: component
#   kinds: [etcd]
#   reads: [settings.peer-auto-tls]
#   remediation: Remove --peer-auto-tls from etcd and set --peer-cert-file and --peer-key-file.
package kubeassay.rules.control_plane.etcd_peer_auto_tls

import data.kubeassay.lib.setting

fail contains finding if {
	setting.is_other_than("peer-auto-tls", "false")
	finding := {"message": sprintf("%s: members sign their own certificates", [setting.stated("peer-auto-tls")]), "path": setting.path("peer-auto-tls")}
}

unknown contains finding if some finding in setting.unclear
