# METADATA
# title: Kubelet does not renew its serving certificate
# description: >-
#   Without the feature gate RotateKubeletServerCertificate the kubelet neither asks for a serving
#   certificate of the cluster's authority nor renews it.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/
# custom:
#   id: KA-H-0042
#   severity: medium
#   over: node
#   reads: [facts.kubelet.settings]
#   remediation: >-
#     Drop RotateKubeletServerCertificate=false from the kubelet's --feature-gates and featureGates, set
#     serverTLSBootstrap to true, and restart it.
package kubeassay.rules.node.kubelet_server_certificate_rotation_off

import data.kubeassay.lib.kubelet

fail contains kubelet.fault("RotateKubeletServerCertificate", "The serving certificate is not renewed") if kubelet.value("RotateKubeletServerCertificate") == false

unknown contains finding if some finding in kubelet.unclear({"RotateKubeletServerCertificate"})

not_applicable contains finding if some finding in kubelet.absent
