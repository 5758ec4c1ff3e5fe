# METADATA
# title: Namespace takes pods without a seccomp profile
# description: >-
#   Such pods may make every system call, those with known holes included.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
# custom:
#   id: KA-NS-0031
#   severity: low
#   over: namespace
#   reads: [facts.pod_security.admission]
#   tags: [admission]
#   remediation: >-
#     Enforce the standard restricted by the label pod-security.kubernetes.io/enforce, or add
#     the policy that refuses pods without a seccomp profile; try both as warnings first.
package kubeassay.rules.namespace.admits_seccomp

import data.kubeassay.lib.pod_security

what := "pods without a seccomp profile"

fail contains pod_security.admitted("seccomp", what)

unknown contains pod_security.undecided("seccomp", what)

not_applicable contains pod_security.not_applicable("seccomp")
