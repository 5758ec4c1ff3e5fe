# METADATA
# title: Namespace takes pods with hostPath volumes
# description: >-
#   Such pods read and change files of their node, credentials of the kubelet among them.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
# custom:
#   id: KA-NS-0029
#   severity: medium
#   over: namespace
#   reads: [facts.pod_security.admission]
#   tags: [admission]
#   remediation: >-
#     Enforce the standard baseline by the label pod-security.kubernetes.io/enforce, or add the
#     policy that refuses pods with hostPath volumes; try both as warnings first.
package kubeassay.rules.namespace.admits_host_path

import data.kubeassay.lib.pod_security

what := "pods with hostPath volumes"

fail contains pod_security.admitted("host_path", what)

unknown contains pod_security.undecided("host_path", what)

not_applicable contains pod_security.not_applicable("host_path")
