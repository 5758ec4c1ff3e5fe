# METADATA
# title: Namespace takes Windows HostProcess pods
# description: >-
#   Such pods run on the node itself, with all its privileges.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
# custom:
#   id: KA-NS-0028
#   severity: medium
#   over: namespace
#   reads: [facts.pod_security.admission]
#   tags: [admission]
#   remediation: >-
#     Enforce the standard baseline by the label pod-security.kubernetes.io/enforce, or add the
#     policy that refuses Windows HostProcess pods; try both as warnings first.
package kubeassay.rules.namespace.admits_host_process

import data.kubeassay.lib.pod_security

what := "Windows HostProcess pods"

fail contains pod_security.admitted("host_process", what)

unknown contains pod_security.undecided("host_process", what)

not_applicable contains pod_security.not_applicable("host_process")
