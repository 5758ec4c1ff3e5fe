# METADATA
# title: Nothing that is stored is encrypted
# description: >-
#   Whoever reads etcd's disk or a backup of it reads every Secret.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/
# custom:
#   id: KA-A-0126
#   severity: high
#   over: component
#   kinds: [kube-apiserver]
#   reads: [settings.encryption-provider-config]
#   remediation: >-
#     Write an EncryptionConfiguration that encrypts secrets, name it with --encryption-provider-config, and
#     rewrite the Secrets that exist.
package kubeassay.rules.control_plane.encryption_not_configured

import data.kubeassay.lib.setting

fail contains finding if {
	setting.is_empty("encryption-provider-config")
	finding := {"message": sprintf("%s: Secrets are stored as they are", [setting.stated("encryption-provider-config")]), "path": setting.path("encryption-provider-config")}
}

unknown contains finding if some finding in setting.unclear
