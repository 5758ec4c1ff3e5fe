# METADATA
# title: etcd asks its clients for no certificate
# description: >-
#   Whoever reaches the port of etcd may read and change everything in the cluster.
# scope: package
# related_resources:
#   - ref: https://etcd.io/docs/latest/op-guide/security/
# custom:
#   id: KA-A-0140
#   severity: critical
#   over: component
#   kinds: [etcd]
#   reads: [settings.client-cert-auth]
#   remediation: Set --client-cert-auth=true and --trusted-ca-file of etcd.
package kubeassay.rules.control_plane.etcd_client_cert_auth_off

import data.kubeassay.lib.setting

fail contains finding if {
	setting.is_other_than("client-cert-auth", "true")
	finding := {"message": sprintf("%s: clients need no certificate", [setting.stated("client-cert-auth")]), "path": setting.path("client-cert-auth")}
}

unknown contains finding if some finding in setting.unclear
