# METADATA
# title: Workload lacks a label or annotation that everything should have
# description: >-
#   Tools and people find what belongs together, and who answers for it, by agreed labels. Which ones that
#   are is the parameters' matter.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/
# custom:
#   id: KA-W-0119
#   severity: info
#   over: workload
#   reads: [facts.metadata.annotation_names, facts.metadata.label_names]
#   tags: [convention]
#   remediation: Add the label or annotation to the object's metadata.
#   parameters:
#     labels: {default: [app.kubernetes.io/name], description: "Labels that every workload must have, such as owner."}
#     annotations: {default: [], description: "Annotations that every workload must have, such as email."}
package kubeassay.rules.workload.required_metadata_missing

required := data.scan.parameters["workload.required_metadata_missing"]

fail contains finding if {
	some key in required.labels
	not key in input.facts.metadata.label_names
	finding := {
		"message": sprintf("There is no label %s", [key]),
		"path": ["metadata", "labels", key],
		"root": "object",
	}
}

fail contains finding if {
	some key in required.annotations
	not key in input.facts.metadata.annotation_names
	finding := {
		"message": sprintf("There is no annotation %s", [key]),
		"path": ["metadata", "annotations", key],
		"root": "object",
	}
}
