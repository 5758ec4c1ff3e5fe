# METADATA
# title: Only the user id keeps the container from running as root
# description: >-
#   runAsUser names another user, but without runAsNonRoot a change of that one number, by an overlay
#   or a chart's value, starts the container as root and nothing objects.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
#   - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   id: KA-W-0025
#   severity: low
#   over: workload
#   reads:
#     - containers.securityContext.runAsNonRoot
#     - containers.securityContext.runAsUser
#     - spec.securityContext.runAsNonRoot
#     - spec.securityContext.runAsUser
#     - spec.hostUsers
#   remediation: Set securityContext.runAsNonRoot to true beside runAsUser.
package kubeassay.rules.workload.non_root_by_user_id_alone

import data.kubeassay.lib.pod.user_namespace
import data.kubeassay.lib.root.unguarded

fail contains finding if {
	not user_namespace
	some place in unguarded
	place.user_id
	finding := {"message": sprintf("Only the user id keeps %s from running as root", [place.of]), "path": place.path}
}

not_applicable contains {
	"message": "In a user namespace root is nobody on the node",
	"path": ["spec", "hostUsers"],
} if {
	user_namespace
}
