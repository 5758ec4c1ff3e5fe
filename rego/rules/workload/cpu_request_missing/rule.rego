# METADATA
# title: Container asks for no CPU
# description: >-
#   The scheduler counts it as needing nothing and may fill the node with others. When CPU gets short it is
#   the first to be starved, and an autoscaler that watches CPU has nothing to compare with.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
# custom:
#   id: KA-W-0080
#   severity: low
#   over: workload
#   reads: [containers.resources, facts.autoscaling.requests_needed, facts.limit_ranges.defaults, spec.resources]
#   tags: [reliability]
#   remediation: Set resources.requests.cpu to what the container needs in a usual minute.
package kubeassay.rules.workload.cpu_request_missing

import data.kubeassay.lib.resources

fail contains finding if {
	not resources.watched("cpu")
	some container in resources.lasting
	not resources.has_request(container, "cpu")
	finding := {
		"message": "{container} has no CPU request",
		"path": array.concat(container.path, ["resources", "requests", "cpu"]),
	}
}
