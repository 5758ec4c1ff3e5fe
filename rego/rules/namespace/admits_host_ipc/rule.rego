# METADATA
# title: Namespace takes pods that share the host's IPC
# description: >-
#   Such pods read the shared memory of every process on their node.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
# custom:
#   id: KA-NS-0022
#   severity: medium
#   over: namespace
#   reads: [facts.pod_security.admission]
#   tags: [admission]
#   remediation: >-
#     Enforce the standard baseline by the label pod-security.kubernetes.io/enforce, or add the
#     policy that refuses pods that share the host's IPC; try both as warnings first.
package kubeassay.rules.namespace.admits_host_ipc

import data.kubeassay.lib.pod_security

what := "pods that share the host's IPC"

fail contains pod_security.admitted("host_ipc", what)

unknown contains pod_security.undecided("host_ipc", what)

not_applicable contains pod_security.not_applicable("host_ipc")
