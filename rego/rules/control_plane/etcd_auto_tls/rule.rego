# METADATA
# title: etcd makes its own certificates
# description: >-
#   Clients cannot verify a certificate that etcd signs itself.
# scope: package
# related_resources:
#   - ref: https://etcd.io/docs/latest/op-guide/security/
# custom:
#   id: KA-A-0141
#   severity: high
#   over: component
#   kinds: [etcd]
#   reads: [settings.auto-tls]
#   remediation: Remove --auto-tls from etcd and set --cert-file and --key-file.
package kubeassay.rules.control_plane.etcd_auto_tls

import data.kubeassay.lib.setting

fail contains finding if {
	setting.is_other_than("auto-tls", "false")
	finding := {"message": sprintf("%s: etcd signs its own certificate", [setting.stated("auto-tls")]), "path": setting.path("auto-tls")}
}

unknown contains finding if some finding in setting.unclear
