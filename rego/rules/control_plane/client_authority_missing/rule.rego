# METADATA
# title: API server knows no authority for client certificates
# description: >-
#   Kubelets and other parts of Kubernetes cannot sign in with certificates, and must use weaker credentials.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/
# custom:
#   id: KA-A-0124
#   severity: high
#   over: component
#   kinds: [kube-apiserver]
#   reads: [settings.client-ca-file]
#   remediation: Set --client-ca-file of kube-apiserver to the authority that signs client certificates.
package kubeassay.rules.control_plane.client_authority_missing

import data.kubeassay.lib.setting

fail contains finding if {
	setting.is_empty("client-ca-file")
	finding := {"message": sprintf("%s: client certificates are not accepted", [setting.stated("client-ca-file")]), "path": setting.path("client-ca-file")}
}

unknown contains finding if some finding in setting.unclear
