# METADATA
# title: Namespace takes pods with the capability NET_RAW
# description: >-
#   Such pods forge packets, and so the addresses and names of other pods.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
# custom:
#   id: KA-NS-0026
#   severity: low
#   over: namespace
#   reads: [facts.pod_security.admission]
#   tags: [admission]
#   remediation: >-
#     Enforce the standard restricted by the label pod-security.kubernetes.io/enforce, or add
#     the policy that refuses pods with the capability NET_RAW; try both as warnings first.
package kubeassay.rules.namespace.admits_net_raw

import data.kubeassay.lib.pod_security

what := "pods with the capability NET_RAW"

fail contains pod_security.admitted("net_raw", what)

unknown contains pod_security.undecided("net_raw", what)

not_applicable contains pod_security.not_applicable("net_raw")
