# METADATA
# title: Container may use all memory of its node
# description: >-
#   A leak, or a request made to eat memory, ends in the kernel killing processes of this node, whoever
#   they belong to.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
# custom:
#   id: KA-W-0083
#   severity: medium
#   over: workload
#   reads: [containers.resources, facts.limit_ranges.defaults, spec.resources]
#   remediation: Set resources.limits.memory to the most that the container may use.
package kubeassay.rules.workload.memory_limit_missing

import data.kubeassay.lib.resources

fail contains finding if {
	some container in resources.limited
	not resources.has_limit(container, "memory")
	finding := {
		"message": "{container} has no memory limit",
		"path": array.concat(container.path, ["resources", "limits", "memory"]),
	}
}
