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
#   reads: [spec.resources, containers.resources, facts.autoscaling.requests_needed]
#   tags: [reliability]
#   remediation: Set the request in every container of the pod.
package kubeassay.rules.workload.hpa_request_missing

fail contains finding if {
	some resource in input.facts.autoscaling.requests_needed
	not requested(object.get(input, "spec", {}), resource)
	some container in input.containers
	container.type in {"container", "sidecar"}
	not requested(container, resource)
	finding := {
		"message": sprintf("{container} requests no %s, by which its autoscaler scales", [resource]),
		"path": array.concat(container.path, ["resources", "requests", resource]),
	}
}

# a limit without a request is the request as well
requested(body, resource) if {
	some key in {"requests", "limits"}
	body.resources[key][resource]
}
