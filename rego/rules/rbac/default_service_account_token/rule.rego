# METADATA
# title: Default service account mounts its token
# description: >-
#   Every pod that names no service account gets the token of the default one, though hardly any calls the API
#   server: each is a credential for whoever breaks in.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/
# custom:
#   id: KA-R-0070
#   severity: medium
#   over: object
#   kinds: [ServiceAccount]
#   reads: [automountServiceAccountToken, metadata.name]
#   remediation: Set automountServiceAccountToken to false.
package kubeassay.rules.rbac.default_service_account_token

fail contains finding if {
	input.metadata.name == "default"
	object.get(input, "automountServiceAccountToken", true) != false
	finding := {
		"message": "The default service account gives its token to every pod that names no other",
		"path": ["automountServiceAccountToken"],
	}
}

not_applicable contains reason if {
	input.metadata.name != "default"
	reason := {"message": "is not the default service account of its namespace", "path": ["metadata", "name"]}
}
