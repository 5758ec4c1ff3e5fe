# METADATA
# title: Namespace takes pods on the host's network
# description: >-
#   Such pods listen on the node's addresses, see its traffic and go round network policies.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
# custom:
#   id: KA-NS-0023
#   severity: medium
#   over: namespace
#   reads: [facts.pod_security.admission]
#   tags: [admission]
#   remediation: >-
#     Enforce the standard baseline by the label pod-security.kubernetes.io/enforce, or add the
#     policy that refuses pods on the host's network; try both as warnings first.
package kubeassay.rules.namespace.admits_host_network

import data.kubeassay.lib.pod_security

what := "pods on the host's network"

fail contains pod_security.admitted("host_network", what)

unknown contains pod_security.undecided("host_network", what)

not_applicable contains pod_security.not_applicable("host_network")
