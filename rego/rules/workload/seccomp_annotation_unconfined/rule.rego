# METADATA
# title: Annotation switches seccomp off
# description: >-
#   Before Kubernetes 1.19 annotations chose the seccomp profile. Without a filter a process may make
#   every system call, and rarely used ones are where most holes of the kernel are found.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/tutorials/security/seccomp/
#   - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   id: KA-W-0016
#   severity: medium
#   over: workload
#   reads: [facts.profiles.seccomp]
#   remediation: Set the annotation to runtime/default, or to localhost/ and a profile of your own.
package kubeassay.rules.workload.seccomp_annotation_unconfined

fail contains finding if {
	data.scan.kubernetes.minor < 19
	some key, value in input.facts.profiles.seccomp
	not confining(value)
	finding := {"message": `An annotation sets the seccomp profile "{value}"`, "path": ["metadata", "annotations", key]}
}

confining(profile) if profile in {"runtime/default", "docker/default"}

confining(profile) if startswith(profile, "localhost/")

not_applicable contains {
	"message": "From Kubernetes 1.19 on the profile is a field of the security context",
	"path": ["metadata", "annotations"],
} if {
	data.scan.kubernetes.minor >= 19
}
