# METADATA
# title: Namespace takes pods that share the host's process IDs
# description: >-
#   Such pods see every process of their node, and with it what is in their environments.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
# custom:
#   id: KA-NS-0021
#   severity: medium
#   over: namespace
#   reads: [facts.pod_security.admission]
#   tags: [admission]
#   remediation: >-
#     Enforce the standard baseline by the label pod-security.kubernetes.io/enforce, or add the
#     policy that refuses pods that share the host's process IDs; try both as warnings first.
package kubeassay.rules.namespace.admits_host_pid

import data.kubeassay.lib.pod_security

what := "pods that share the host's process IDs"

fail contains pod_security.admitted("host_pid", what)

unknown contains pod_security.undecided("host_pid", what)

not_applicable contains pod_security.not_applicable("host_pid")
