# METADATA
# title: Serving certificates of kubelets are not renewed
# description: >-
#   With the feature off kubelets keep certificates until they run out, and people turn off verification
#   then.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/command-line-tools-reference/kube-controller-manager/
# custom:
#   id: KA-A-0135
#   severity: medium
#   over: component
#   kinds: [kube-controller-manager]
#   reads: [settings.RotateKubeletServerCertificate]
#   remediation: Remove RotateKubeletServerCertificate=false from --feature-gates of kube-controller-manager.
package kubeassay.rules.control_plane.kubelet_server_certificate_rotation_off

import data.kubeassay.lib.setting

fail contains finding if {
	setting.is_other_than("RotateKubeletServerCertificate", "true")
	finding := {
		"message": "The feature RotateKubeletServerCertificate is off: serving certificates of kubelets are not renewed",
		"path": setting.path("RotateKubeletServerCertificate"),
	}
}

unknown contains finding if some finding in setting.unclear
