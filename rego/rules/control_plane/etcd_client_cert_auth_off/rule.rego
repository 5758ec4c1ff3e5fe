# METADATA
# title: etcd asks its clients for no certificate
# description: >-
#   Whoever reaches the port of etcd may read and change everything in the cluster.
# scope: package
# related_resources:
#   - ref: https://etcd.io/docs/latest/op-guide/security/
# custom:
#   id: KA-A-0140
#   severity: high
#   over: component
#   kinds: [etcd]
#   reads: [settings.client-cert-auth, settings.trusted-ca-file]
#   remediation: Set --client-cert-auth=true and --trusted-ca-file of etcd.
package kubeassay.rules.control_plane.etcd_client_cert_auth_off

import data.kubeassay.lib.setting

fail contains finding if {
	setting.is_other_than("client-cert-auth", "true")
	finding := {
		"message": sprintf("%s: %s", [setting.stated("client-cert-auth"), effect]),
		"path": setting.path("client-cert-auth"),
	}
}

default effect := "clients need no certificate"

# etcd verifies certificates as soon as it is given an authority
effect := "clients are asked for certificates only because --trusted-ca-file is set" if setting.is_set("trusted-ca-file")

unknown contains finding if {
	some finding in setting.unclear
	setting.is_unclear("client-cert-auth")
}
