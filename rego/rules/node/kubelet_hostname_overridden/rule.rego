# METADATA
# title: Kubelet calls its node by another name
# description: >-
#   A name that is not the host's breaks the tie between the node, its certificates and what its logs
#   say.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/
# custom:
#   id: KA-H-0038
#   severity: low
#   over: node
#   reads: [distribution, facts.kubelet.settings]
#   remediation: >-
#     Drop --hostname-override from the kubelet's command line and restart it, unless the cloud provider
#     needs it; then waive the finding.
package kubeassay.rules.node.kubelet_hostname_overridden

import data.kubeassay.lib.kubelet

fail contains kubelet.fault("hostname-override", "The node is not called by its host's name") if {
	kubelet.value("hostname-override") != ""
	count(exempt) == 0
}

unknown contains finding if {
	count(exempt) == 0
	some finding in kubelet.unclear({"hostname-override"})
}

not_applicable contains finding if some finding in kubelet.absent

not_applicable contains finding if some finding in exempt

exempt contains {"message": message, "path": ["distribution"]} if {
	input.distribution in {"k3s", "rke2"}
	message := sprintf("%s itself gives its kubelet --hostname-override, with the node's name", [input.distribution])
}
