# METADATA
# title: etcd trusts the cluster's own authority
# description: >-
#   Every certificate that the cluster signs, such as that of a kubelet, lets its holder into etcd.
# scope: package
# related_resources:
#   - ref: https://etcd.io/docs/latest/op-guide/security/
# custom:
#   id: KA-A-0145
#   severity: high
#   over: component
#   kinds: [etcd]
#   reads: [facts.etcd_authority.compared, settings.trusted-ca-file]
#   remediation: Sign etcd's certificates with an authority of its own, and name it with --trusted-ca-file.
package kubeassay.rules.control_plane.etcd_authority_shared

import data.kubeassay.lib.setting

compared := input.facts.etcd_authority.compared

fail contains finding if {
	setting.is_empty("trusted-ca-file")
	finding := {
		"message": sprintf("%s: etcd has no authority of its own", [setting.stated("trusted-ca-file")]),
		"path": setting.path("trusted-ca-file"),
	}
}

fail contains finding if {
	setting.is_set("trusted-ca-file")
	compared.shared
	finding := {
		"message": sprintf("etcd trusts %s, which the API server trusts for its clients as well", [compared.shared]),
		"path": setting.path("trusted-ca-file"),
	}
}

unknown contains finding if {
	setting.is_set("trusted-ca-file")
	not compared.shared
	reason := compared.unknown
	finding := {"message": reason, "path": setting.path("trusted-ca-file")}
}

unknown contains finding if some finding in setting.unclear
