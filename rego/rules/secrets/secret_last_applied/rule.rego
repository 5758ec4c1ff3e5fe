# METADATA
# title: Secret's values are copied into its annotation
# description: >-
#   kubectl apply writes the whole Secret into last-applied-configuration: tools that hide the data of Secrets
#   show their annotations, and an old value stays there after it was changed by other means.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/manage-kubernetes-objects/declarative-config/
# custom:
#   id: KA-C-0006
#   severity: medium
#   over: object
#   kinds: [Secret]
#   reads: [metadata.annotations]
#   remediation: Apply Secrets with kubectl apply --server-side, and remove the annotation.
package kubeassay.rules.secrets.secret_last_applied

key := "kubectl.kubernetes.io/last-applied-configuration"

copy := input.metadata.annotations[key]

fail contains {"message": message, "path": ["metadata", "annotations", key]} if {
	parsed := json.unmarshal(valid)
	some field in ["data", "stringData"]
	values := parsed[field]
	is_object(values)
	count(values) > 0
	message := "The annotation last-applied-configuration has the Secret's values"
}

unknown contains {"message": message, "path": ["metadata", "annotations", key]} if {
	is_string(copy)
	not valid
	message := "The annotation last-applied-configuration is hidden or not JSON"
}

valid := copy if {
	is_string(copy)
	json.is_valid(copy)
}
