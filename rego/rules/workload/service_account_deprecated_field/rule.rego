# METADATA
# title: Pod names its service account by a deprecated field
# description: >-
#   serviceAccount is an old name of serviceAccountName that tools overlook, and that loses where both are
#   set.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/
# custom:
#   id: KA-W-0202
#   severity: low
#   over: workload
#   tags: [convention]
#   reads: [spec.serviceAccount, spec.serviceAccountName]
#   remediation: Write serviceAccountName instead of serviceAccount.
package kubeassay.rules.workload.service_account_deprecated_field

# The API server writes both fields, with the same value.
fail contains finding if {
	input.spec.serviceAccount != object.get(input.spec, "serviceAccountName", "")
	input.spec.serviceAccount != ""
	finding := {
		"message": "serviceAccount is deprecated: write serviceAccountName: {value}",
		"path": ["spec", "serviceAccount"],
	}
}
