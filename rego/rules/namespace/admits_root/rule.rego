# METADATA
# title: Namespace takes pods that run as root user
# description: >-
#   A process that gets out of its container as root is root on the node.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
# custom:
#   id: KA-NS-0025
#   severity: low
#   over: namespace
#   reads: [facts.pod_security.admission]
#   tags: [admission]
#   remediation: >-
#     Enforce the standard restricted by the label pod-security.kubernetes.io/enforce, or add
#     the policy that refuses pods that run as root; try both as warnings first.
package kubeassay.rules.namespace.admits_root

import data.kubeassay.lib.pod_security

what := "pods that run as root"

fail contains pod_security.admitted("root", what)

unknown contains pod_security.undecided("root", what)

not_applicable contains pod_security.not_applicable("root")
