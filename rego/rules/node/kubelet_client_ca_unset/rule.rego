# METADATA
# title: Kubelet checks no client certificates
# description: >-
#   Without the authority of client certificates the kubelet cannot tell the API server from anybody
#   else by its certificate.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/
# custom:
#   id: KA-H-0034
#   severity: high
#   over: node
#   reads: [facts.kubelet.settings]
#   remediation: >-
#     In the kubelet's configuration file set authentication.x509.clientCAFile to the cluster's
#     authority, or give the kubelet --client-ca-file, and restart it.
package kubeassay.rules.node.kubelet_client_ca_unset

import data.kubeassay.lib.kubelet

fail contains kubelet.fault("client-ca-file", "Client certificates are not checked") if kubelet.value("client-ca-file") == ""

unknown contains finding if some finding in kubelet.unclear({"client-ca-file"})

not_applicable contains finding if some finding in kubelet.absent
