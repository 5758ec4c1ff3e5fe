# METADATA
# title: Container has no seccomp profile
# description: >-
#   Unless the kubelet is told otherwise, a container without a profile runs unfiltered and may make
#   every system call; rarely used ones are where most holes of the kernel are found.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/tutorials/security/seccomp/
#   - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   id: KA-W-0015
#   severity: medium
#   over: workload
#   reads: [containers.securityContext.seccompProfile, spec.securityContext.seccompProfile, spec.os]
#   remediation: Set securityContext.seccompProfile.type to RuntimeDefault, once for the whole pod.
package kubeassay.rules.workload.seccomp_unset

import data.kubeassay.lib.pod.windows

fail contains finding if {
	count(not_applicable) == 0
	not has_profile(object.get(input, "spec", {}))
	some container in input.containers
	not has_profile(container)
	finding := {
		"message": "{container} has no seccomp profile, nor has the pod",
		"path": array.concat(container.path, ["securityContext", "seccompProfile"]),
	}
}

has_profile(holder) if is_object(holder.securityContext.seccompProfile)

not_applicable contains {"message": "Windows has no seccomp", "path": ["spec", "os"]} if windows

not_applicable contains {
	"message": "Before Kubernetes 1.19 the profile was chosen by annotations",
	"path": ["spec", "securityContext", "seccompProfile"],
} if {
	data.scan.kubernetes.minor < 19
}
