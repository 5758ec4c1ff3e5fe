# METADATA
# title: Autoscaler watches a resource that the container does not request
# description: >-
#   Utilization is measured against requests, so without one the autoscaler has no figure and never scales
#   the workload.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#how-does-a-horizontalpodautoscaler-work
# custom:
#   id: KA-W-0308
#   severity: medium
#   over: workload
#   reads: [containers.resources, facts.autoscaling.requests_needed, facts.limit_ranges.defaults, spec.resources]
#   tags: [reliability]
#   remediation: Set the request in every container of the pod.
package kubeassay.rules.workload.hpa_request_missing

import data.kubeassay.lib.resources

fail contains finding if {
	some resource in input.facts.autoscaling.requests_needed
	some container in resources.lasting
	not resources.has_request(container, resource)
	finding := {
		"message": sprintf("{container} requests no %s, by which its autoscaler scales", [resource]),
		"path": array.concat(container.path, ["resources", "requests", resource]),
	}
}
