# METADATA
# title: Container may use all CPU of its node
# description: >-
#   A runaway program takes what its neighbours did not reserve. Many operators leave the limit out on
#   purpose, since a limit throttles even on an idle node: with requests everywhere that is sound, so switch
#   this rule off if it is your choice.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
# custom:
#   id: KA-W-0081
#   severity: low
#   over: workload
#   reads: [containers.resources, facts.limit_ranges.defaults, spec.resources]
#   tags: [reliability]
#   remediation: Set resources.limits.cpu, or rely on requests and skip this rule.
package kubeassay.rules.workload.cpu_limit_missing

import data.kubeassay.lib.resources

fail contains finding if {
	some container in resources.limited
	not resources.has_limit(container, "cpu")
	finding := {
		"message": "{container} has no CPU limit",
		"path": array.concat(container.path, ["resources", "limits", "cpu"]),
	}
}
