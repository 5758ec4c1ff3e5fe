# METADATA
# title: API server does not verify kubelets
# description: >-
#   Whoever gets between the API server and a node can pose as its kubelet and read what exec, attach and
#   logs carry.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/
# custom:
#   id: KA-A-0104
#   severity: high
#   over: component
#   kinds: [kube-apiserver]
#   reads: [settings.kubelet-certificate-authority]
#   remediation: >-
#     Set --kubelet-certificate-authority of kube-apiserver to the authority that signs the kubelets' serving
#     certificates.
package kubeassay.rules.control_plane.kubelet_authority_missing

import data.kubeassay.lib.setting

fail contains finding if {
	setting.is_empty("kubelet-certificate-authority")
	finding := {"message": sprintf("%s: the certificates of kubelets are not verified", [setting.stated("kubelet-certificate-authority")]), "path": setting.path("kubelet-certificate-authority")}
}

unknown contains finding if some finding in setting.unclear
