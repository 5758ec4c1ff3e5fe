# METADATA
# title: No AppArmor profile is asked for
# description: >-
#   The runtime's profile is the default where the node has AppArmor. Where it has not, a pod that asks
#   for a profile is refused, while one that does not ask runs unconfined and nobody notices.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/tutorials/security/apparmor/
# custom:
#   id: KA-W-0046
#   severity: info
#   over: workload
#   reads: [containers.securityContext.appArmorProfile, spec.securityContext.appArmorProfile, spec.os, facts.profiles.apparmor_containers]
#   remediation: Set securityContext.appArmorProfile.type to RuntimeDefault, once for the whole pod.
package kubeassay.rules.workload.apparmor_unset

import data.kubeassay.lib.pod

fail contains finding if {
	not pod.windows
	not has_profile(object.get(input, "spec", {}))
	some container in input.containers
	not has_profile(container)
	path := container.path
	not path in input.facts.profiles.apparmor_containers
	finding := {
		"message": "{container} has no AppArmor profile, nor has the pod",
		"path": array.concat(container.path, ["securityContext", "appArmorProfile"]),
	}
}

has_profile(holder) if is_object(holder.securityContext.appArmorProfile)

not_applicable contains {"message": "Windows has no AppArmor", "path": ["spec", "os"]} if pod.windows
