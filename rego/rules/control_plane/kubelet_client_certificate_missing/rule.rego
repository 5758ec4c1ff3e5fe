# METADATA
# title: API server has no client certificate for kubelets
# description: >-
#   Kubelets cannot tell the API server from anybody else, so they must either take anonymous requests or
#   refuse exec and logs.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/
# custom:
#   id: KA-A-0103
#   severity: high
#   over: component
#   kinds: [kube-apiserver]
#   reads: [settings.kubelet-client-certificate, settings.kubelet-client-key]
#   remediation: >-
#     Set --kubelet-client-certificate and --kubelet-client-key of kube-apiserver to a pair that kubelets
#     trust.
package kubeassay.rules.control_plane.kubelet_client_certificate_missing

import data.kubeassay.lib.setting

flags := {"kubelet-client-certificate", "kubelet-client-key"}

fail contains finding if {
	some name in flags
	setting.is_empty(name)
	finding := {"message": sprintf("%s: the API server proves nothing to kubelets", [setting.stated(name)]), "path": setting.path(name)}
}

unknown contains finding if some finding in setting.unclear
