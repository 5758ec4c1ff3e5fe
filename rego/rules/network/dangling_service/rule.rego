# METADATA
# title: Service selects no pods
# description: Whoever connects to it gets no answer; most often a label is mistyped.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/
# custom:
#   id: KA-N-0038
#   severity: low
#   over: object
#   kinds: [Service]
#   snapshot_only: true
#   reads: [facts.services.selects_none]
#   tags: [reliability]
#   remediation: Correct the selector, or delete the Service.
package kubeassay.rules.network.dangling_service

fail contains finding if {
	input.facts.services.selects_none == true
	finding := {
		"message": "The Service's selector matches no workload in its namespace",
		"path": ["spec", "selector"],
	}
}

not_applicable contains finding if {
	not selector_given
	finding := {"message": "The Service has no selector: its endpoints are kept elsewhere", "path": []}
}

selector_given if is_boolean(input.facts.services.selects_none)
