# METADATA
# title: Container asks for no memory
# description: >-
#   The scheduler may put it on a node that has none left. When memory gets short, pods that use more than
#   they asked for are evicted and killed first.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
# custom:
#   id: KA-W-0082
#   severity: low
#   over: workload
#   reads: [containers.resources, facts.autoscaling.requests_needed, facts.limit_ranges.defaults, spec.resources]
#   tags: [reliability]
#   remediation: Set resources.requests.memory to what the container needs.
package kubeassay.rules.workload.memory_request_missing

import data.kubeassay.lib.resources

fail contains finding if {
	not resources.watched("memory")
	some container in resources.lasting
	not resources.has_request(container, "memory")
	finding := {
		"message": "{container} has no memory request",
		"path": array.concat(container.path, ["resources", "requests", "memory"]),
	}
}
