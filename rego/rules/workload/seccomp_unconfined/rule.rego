# METADATA
# title: Seccomp is switched off
# description: >-
#   Without a filter a process may make every system call, and rarely used ones are where most holes
#   of the kernel are found.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/tutorials/security/seccomp/
#   - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   id: KA-W-0014
#   severity: medium
#   over: workload
#   reads: [containers.securityContext.seccompProfile, spec.securityContext.seccompProfile]
#   remediation: Set seccompProfile.type to RuntimeDefault, or to Localhost with a profile of your own.
package kubeassay.rules.workload.seccomp_unconfined

import data.kubeassay.lib.pod.security_contexts

fail contains finding if {
	data.scan.kubernetes.minor >= 19
	some context in security_contexts
	is_object(context.fields.seccompProfile)
	type := object.get(context.fields.seccompProfile, "type", null)
	not type in {"RuntimeDefault", "Localhost"}
	finding := {
		"message": sprintf(`Seccomp profile of %s is "{value}"`, [context.of]),
		"path": array.concat(context.path, ["seccompProfile", "type"]),
	}
}

not_applicable contains {
	"message": "Before Kubernetes 1.19 the profile was chosen by annotations",
	"path": ["spec", "securityContext", "seccompProfile"],
} if {
	data.scan.kubernetes.minor < 19
}
