# METADATA
# title: etcd takes members without a certificate
# description: >-
#   Whoever reaches the port for members can join and be given all data.
# scope: package
# related_resources:
#   - ref: https://etcd.io/docs/latest/op-guide/security/
# custom:
#   id: KA-A-0143
#   severity: high
#   over: component
#   kinds: [etcd]
#   reads: [settings.peer-client-cert-auth, settings.peer-trusted-ca-file]
#   remediation: Set --peer-client-cert-auth=true and --peer-trusted-ca-file of etcd.
package kubeassay.rules.control_plane.etcd_peer_cert_auth_off

import data.kubeassay.lib.setting

fail contains finding if {
	setting.is_other_than("peer-client-cert-auth", "true")
	finding := {
		"message": sprintf("%s: %s", [setting.stated("peer-client-cert-auth"), effect]),
		"path": setting.path("peer-client-cert-auth"),
	}
}

default effect := "members need no certificate"

# etcd verifies certificates as soon as it is given an authority
effect := "members are asked for certificates only because --peer-trusted-ca-file is set" if setting.is_set("peer-trusted-ca-file")

unknown contains finding if {
	some finding in setting.unclear
	setting.is_unclear("peer-client-cert-auth")
}
