# METADATA
# title: Kubelet does not limit the processes of a pod
# description: >-
#   One pod that starts processes without end leaves none to the other pods and to the node itself.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/
# custom:
#   id: KA-H-0044
#   severity: medium
#   over: node
#   reads: [facts.kubelet.settings]
#   remediation: >-
#     In the kubelet's configuration file set podPidsLimit to a number such as 4096, or give the kubelet
#     --pod-max-pids, and restart it.
package kubeassay.rules.node.kubelet_pod_pids_unlimited

import data.kubeassay.lib.kubelet

fail contains kubelet.fault("pod-max-pids", "A pod may start any number of processes") if kubelet.value("pod-max-pids") <= 0

unknown contains finding if some finding in kubelet.unclear({"pod-max-pids"})

not_applicable contains finding if some finding in kubelet.absent
