# METADATA
# title: Namespace takes privileged pods
# description: >-
#   A privileged container has the node's devices and every capability: whoever may create one takes
#   over its node.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
# custom:
#   id: KA-NS-0020
#   severity: medium
#   over: namespace
#   reads: [facts.pod_security.admission]
#   tags: [admission]
#   remediation: >-
#     Enforce the standard baseline by the label pod-security.kubernetes.io/enforce, or add the
#     policy that refuses privileged pods; try both as warnings first.
package kubeassay.rules.namespace.admits_privileged

import data.kubeassay.lib.pod_security

what := "privileged pods"

fail contains pod_security.admitted("privileged", what)

unknown contains pod_security.undecided("privileged", what)

not_applicable contains pod_security.not_applicable("privileged")
