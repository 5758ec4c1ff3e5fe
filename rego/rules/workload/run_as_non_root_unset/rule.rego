# METADATA
# title: Nothing keeps the container from running as root
# description: >-
#   The image then decides, and most images start as root. Root in the container is root on the node as soon
#   as a mount, a capability or a hole in the kernel lets it out.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
#   - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   id: KA-W-0023
#   severity: medium
#   over: workload
#   reads:
#     - containers.securityContext.runAsNonRoot
#     - containers.securityContext.runAsUser
#     - spec.securityContext.runAsNonRoot
#     - spec.securityContext.runAsUser
#     - spec.hostUsers
#   remediation: Set securityContext.runAsNonRoot to true, once for the whole pod, and run as a user id other than 0.
package kubeassay.rules.workload.run_as_non_root_unset

import data.kubeassay.lib.pod.user_namespace
import data.kubeassay.lib.root.unguarded

fail contains finding if {
	not user_namespace
	some place in unguarded
	not place.user_id
	finding := {"message": sprintf("Nothing keeps %s from running as root", [place.of]), "path": place.path}
}

not_applicable contains {
	"message": "In a user namespace root is nobody on the node",
	"path": ["spec", "hostUsers"],
} if {
	user_namespace
}
