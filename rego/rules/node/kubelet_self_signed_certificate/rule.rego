# METADATA
# title: Kubelet serves with a certificate that it made itself
# description: >-
#   The API server cannot tell such a kubelet from somebody else's who answers in its place, with the
#   commands and logs of its pods.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/
# custom:
#   id: KA-H-0040
#   severity: medium
#   over: node
#   reads: [facts.kubelet.self_signed, facts.kubelet.settings]
#   remediation: >-
#     In the kubelet's configuration file set serverTLSBootstrap to true and approve the requests of the
#     nodes, or set tlsCertFile and tlsPrivateKeyFile to a certificate of your authority, and restart
#     it.
package kubeassay.rules.node.kubelet_self_signed_certificate

import data.kubeassay.lib.kubelet

fail contains kubelet.fault(name, "The kubelet has no certificate of an authority") if {
	count(signed) == 0
	kubelet.value("rotate-server-certificates") == false
	name := [each | some each in ["tls-cert-file", "tls-private-key-file"]; kubelet.value(each) == ""][0]
}

fail contains kubelet.fault("tls-cert-file", "The kubelet made this certificate itself") if {
	count(signed) == 0
	kubelet.value("rotate-server-certificates") == false
	input.facts.kubelet.self_signed
	kubelet.value("tls-cert-file") != ""
}

unknown contains finding if {
	count(signed) == 0
	some finding in kubelet.unclear({"tls-cert-file", "tls-private-key-file", "rotate-server-certificates"})
}

unknown contains kubelet.fault("tls-cert-file", "Whether the kubelet made this certificate itself is not known") if {
	count(signed) == 0
	kubelet.value("tls-cert-file") != ""
	kubelet.value("tls-private-key-file") != ""
	not input.facts.kubelet.self_signed
}

not_applicable contains finding if some finding in kubelet.absent

signed contains "by the cluster's authority" if kubelet.value("rotate-server-certificates")

signed contains "by the authority of the files" if {
	kubelet.value("tls-cert-file") != ""
	kubelet.value("tls-private-key-file") != ""
	input.facts.kubelet.self_signed == false
}
