# METADATA
# title: Kubelet leaves the node's packet filter alone
# description: >-
#   Without the chains that the kubelet keeps, the rules of the node's packet filter may not fit those
#   of the pods' network.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/
# custom:
#   id: KA-H-0037
#   severity: low
#   over: node
#   reads: [facts.kubelet.settings]
#   remediation: >-
#     In the kubelet's configuration file set makeIPTablesUtilChains to true or leave it out, drop
#     --make-iptables-util-chains=false, and restart it.
package kubeassay.rules.node.kubelet_iptables_chains_off

import data.kubeassay.lib.kubelet

fail contains kubelet.fault("make-iptables-util-chains", "The kubelet does not keep its chains of the packet filter") if kubelet.value("make-iptables-util-chains") == false

unknown contains finding if some finding in kubelet.unclear({"make-iptables-util-chains"})

not_applicable contains finding if some finding in kubelet.absent
