# METADATA
# title: Kubelet changes the node's kernel parameters
# description: >-
#   Where a parameter such as kernel.panic is not what the kubelet wants, it sets it itself, whatever those
#   who hardened the node chose; nobody is told.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/
# custom:
#   id: KA-H-0051
#   severity: low
#   over: node
#   reads: [facts.kubelet.settings]
#   remediation: >-
#     Set vm.overcommit_memory=1, vm.panic_on_oom=0, kernel.panic=10, kernel.panic_on_oops=1,
#     kernel.keys.root_maxkeys=1000000 and kernel.keys.root_maxbytes=25000000 in a file of /etc/sysctl.d, else
#     the kubelet does not start; then set protectKernelDefaults to true in its configuration file, or give it
#     --protect-kernel-defaults, and restart it.
package kubeassay.rules.node.kubelet_kernel_parameters_changed

import data.kubeassay.lib.kubelet

fail contains kubelet.fault("protect-kernel-defaults", "The kubelet changes kernel parameters as it likes") if kubelet.value("protect-kernel-defaults") == false

unknown contains finding if some finding in kubelet.unclear({"protect-kernel-defaults"})

not_applicable contains finding if some finding in kubelet.absent
