# METADATA
# title: Custom SELinux user, role or type
# description: >-
#   A label of one's own can take the container out of the confinement that SELinux gives it on the node,
#   for example with the type spc_t.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/
#   - ref: https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
# custom:
#   id: KA-W-0017
#   severity: medium
#   over: workload
#   reads: [containers.securityContext.seLinuxOptions, spec.securityContext.seLinuxOptions]
#   remediation: Remove seLinuxOptions.user and role; leave type out or set it to container_t.
package kubeassay.rules.workload.selinux_options

import data.kubeassay.lib.pod.security_contexts

allowed := {
	"user": {""},
	"role": {""},
	"type": ({"", "container_t", "container_init_t", "container_kvm_t"} | engine),
}

engine := {"container_engine_t"} if {
	data.scan.kubernetes.minor >= 31
} else := set()

fail contains finding if {
	some context in security_contexts
	some field, values in allowed
	value := context.fields.seLinuxOptions[field]
	value != null
	not value in values
	finding := {
		"message": sprintf("SELinux %s of %s is {value}", [field, context.of]),
		"path": array.concat(context.path, ["seLinuxOptions", field]),
	}
}
