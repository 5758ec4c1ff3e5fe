# METADATA
# title: Namespace takes pods with capabilities beyond NET_BIND_SERVICE
# description: >-
#   Each capability is a part of root's power that most programs never need.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
# custom:
#   id: KA-NS-0027
#   severity: low
#   over: namespace
#   reads: [facts.pod_security.admission]
#   tags: [admission]
#   remediation: >-
#     Enforce the standard restricted by the label pod-security.kubernetes.io/enforce, or add
#     the policy that refuses pods with capabilities; try both as warnings first.
package kubeassay.rules.namespace.admits_capabilities

import data.kubeassay.lib.pod_security

what := "pods with capabilities"

fail contains pod_security.admitted("capabilities", what)

unknown contains pod_security.undecided("capabilities", what)

not_applicable contains pod_security.not_applicable("capabilities")
