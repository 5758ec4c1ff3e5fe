# METADATA
# title: Workload names no owner
# description: Nobody knows whom to call.
# scope: package
# custom:
#   id: ACME-W-0001
#   severity: low
#   over: workload
#   reads: [workload.labels]
#   remediation: Add the label owner.
#   parameters:
#     label: {default: owner, description: The label that names the owner.}
package kubeassay.rules.workload.no_owner

fail contains finding if {
	label := data.scan.parameters["workload.no_owner"].label
	not has(label)
	finding := {"message": sprintf("no label %v", [label]), "root": "object", "path": ["metadata", "labels"]}
}

has(label) if input.workload.labels[label]
