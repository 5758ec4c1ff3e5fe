# METADATA
# title: Pods cannot verify the API server
# description: >-
#   Without a root authority in their volume of credentials Pods cannot tell the API server from somebody
#   between.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/command-line-tools-reference/kube-controller-manager/
# custom:
#   id: KA-A-0134
#   severity: medium
#   over: component
#   kinds: [kube-controller-manager]
#   reads: [settings.root-ca-file]
#   remediation: Set --root-ca-file of kube-controller-manager to the authority of the API server's certificate.
package kubeassay.rules.control_plane.root_authority_missing

import data.kubeassay.lib.setting

fail contains finding if {
	setting.is_empty("root-ca-file")
	finding := {"message": sprintf("%s: Pods get no authority to verify the API server with", [setting.stated("root-ca-file")]), "path": setting.path("root-ca-file")}
}

unknown contains finding if some finding in setting.unclear
