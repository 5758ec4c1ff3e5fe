# METADATA
# title: Namespace takes pods that allow privilege escalation
# description: >-
#   A process in such pods may gain more privileges than its parent, as by a setuid program.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
# custom:
#   id: KA-NS-0024
#   severity: low
#   over: namespace
#   reads: [facts.pod_security.admission]
#   tags: [admission]
#   remediation: >-
#     Enforce the standard restricted by the label pod-security.kubernetes.io/enforce, or add
#     the policy that refuses pods that allow privilege escalation; try both as warnings first.
package kubeassay.rules.namespace.admits_privilege_escalation

import data.kubeassay.lib.pod_security

what := "pods that allow privilege escalation"

fail contains pod_security.admitted("privilege_escalation", what)

unknown contains pod_security.undecided("privilege_escalation", what)

not_applicable contains pod_security.not_applicable("privilege_escalation")
