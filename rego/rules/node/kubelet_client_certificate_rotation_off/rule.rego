# METADATA
# title: Kubelet does not renew its client certificate
# description: >-
#   When its certificate has expired, the node is lost to the cluster; longer-lived certificates are the
#   worse way out. As in the benchmark, only a kubelet that is told not to renew it fails; what is left
#   unset does not.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/
# custom:
#   id: KA-H-0041
#   severity: medium
#   over: node
#   reads: [facts.kubelet.settings]
#   remediation: >-
#     In the kubelet's configuration file set rotateCertificates to true, drop
#     --rotate-certificates=false, and restart it.
package kubeassay.rules.node.kubelet_client_certificate_rotation_off

import data.kubeassay.lib.kubelet

fail contains kubelet.fault("rotate-certificates", "The client certificate is not renewed") if {
	kubelet.value("rotate-certificates") == false
	kubelet.setting("rotate-certificates").given
}

unknown contains finding if some finding in kubelet.unclear({"rotate-certificates"})

not_applicable contains finding if some finding in kubelet.absent
