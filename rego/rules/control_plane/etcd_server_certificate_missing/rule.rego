# METADATA
# title: etcd serves its clients without a certificate
# description: >-
#   What clients read and write crosses the network in clear or under a certificate that nobody can verify;
#   it is the whole cluster.
# scope: package
# related_resources:
#   - ref: https://etcd.io/docs/latest/op-guide/security/
# custom:
#   id: KA-A-0139
#   severity: critical
#   over: component
#   kinds: [etcd]
#   reads: [settings.cert-file, settings.key-file]
#   remediation: Set --cert-file and --key-file of etcd.
package kubeassay.rules.control_plane.etcd_server_certificate_missing

import data.kubeassay.lib.setting

flags := {"cert-file", "key-file"}

fail contains finding if {
	some name in flags
	setting.is_empty(name)
	finding := {"message": sprintf("%s: clients are not served with a certificate", [setting.stated(name)]), "path": setting.path(name)}
}

unknown contains finding if some finding in setting.unclear
