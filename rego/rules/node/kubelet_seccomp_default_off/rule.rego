# METADATA
# title: Kubelet leaves pods without a seccomp profile
# description: >-
#   Pods that ask for no profile may use every system call of the kernel, the dangerous ones included.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/
# custom:
#   id: KA-H-0045
#   severity: medium
#   over: node
#   reads: [facts.kubelet.settings]
#   remediation: >-
#     In the kubelet's configuration file set seccompDefault to true, or give the kubelet
#     --seccomp-default, and restart it; try it on one node first.
package kubeassay.rules.node.kubelet_seccomp_default_off

import data.kubeassay.lib.kubelet

fail contains kubelet.fault("seccomp-default", "Pods without a profile of their own run without any") if kubelet.value("seccomp-default") == false

unknown contains finding if some finding in kubelet.unclear({"seccomp-default"})

not_applicable contains finding if some finding in kubelet.absent
