# METADATA
# title: Namespace takes pods with host ports
# description: >-
#   Such pods are reached past network policies, and may listen in the place of programs of the
#   node.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
# custom:
#   id: KA-NS-0030
#   severity: low
#   over: namespace
#   reads: [facts.pod_security.admission]
#   tags: [admission]
#   remediation: >-
#     Enforce the standard baseline by the label pod-security.kubernetes.io/enforce, or add the
#     policy that refuses pods with host ports; try both as warnings first.
package kubeassay.rules.namespace.admits_host_ports

import data.kubeassay.lib.pod_security

what := "pods with host ports"

fail contains pod_security.admitted("host_ports", what)

unknown contains pod_security.undecided("host_ports", what)

not_applicable contains pod_security.not_applicable("host_ports")
