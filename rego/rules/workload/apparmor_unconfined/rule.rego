# METADATA
# title: AppArmor does not confine the container
# description: >-
#   On nodes with AppArmor the runtime's profile keeps a container from mounting, from writing to /proc and
#   /sys and from tracing others. Switching it off removes one of the walls between a break-in and the node.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/tutorials/security/apparmor/
#   - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   id: KA-W-0013
#   severity: medium
#   over: workload
#   reads: [containers.securityContext.appArmorProfile, spec.securityContext.appArmorProfile, facts.profiles.apparmor]
#   remediation: Set appArmorProfile.type to RuntimeDefault, or to Localhost with a profile of your own.
package kubeassay.rules.workload.apparmor_unconfined

import data.kubeassay.lib.pod.security_contexts

fail contains finding if {
	some context in security_contexts
	is_object(context.fields.appArmorProfile)
	type := object.get(context.fields.appArmorProfile, "type", null)
	not type in {"RuntimeDefault", "Localhost"}
	finding := {
		"message": sprintf(`AppArmor profile of %s is "{value}"`, [context.of]),
		"path": array.concat(context.path, ["appArmorProfile", "type"]),
	}
}

# The annotation of Kubernetes before 1.30, which the API server still heeds
fail contains finding if {
	some key, value in input.facts.profiles.apparmor
	not confining(value)
	finding := {
		"message": sprintf(`AppArmor profile of container "%s" is "{value}"`, [split(key, "/")[1]]),
		"path": ["metadata", "annotations", key],
	}
}

confining(profile) if profile in {"", "runtime/default"}

confining(profile) if startswith(profile, "localhost/")
