# METADATA
# title: Annotation holds a secret
# description: >-
#   Annotations are shown to everybody who may list the object, and controllers and audit logs copy them about.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/
# custom:
#   id: KA-C-0005
#   severity: high
#   over: object
#   reads:
#     - metadata.annotations
#     - spec.jobTemplate.spec.template.metadata.annotations
#     - spec.template.metadata.annotations
#   remediation: Change the secret, and let the annotation name a Secret instead.
package kubeassay.rules.secrets.secret_in_annotation

import data.kubeassay.lib.credentials

places := [
	["metadata", "annotations"],
	["spec", "template", "metadata", "annotations"],
	["spec", "jobTemplate", "spec", "template", "metadata", "annotations"],
]

# a copy of the whole object, whose secrets are found in the object itself
last_applied := "kubectl.kubernetes.io/last-applied-configuration"

fail contains finding if {
	some place in places
	found := object.get(input, place, {})
	is_object(found)
	count(found) > 0
	annotations := object.remove(found, [last_applied])
	credentials.suspect(json.marshal(annotations))
	some key, value in annotations
	is_string(key)
	is_string(value)
	what := credentials.exposed(telling(key), value)
	finding := {
		"message": sprintf("The annotation %s has %s", [key, what]),
		"path": array.concat(place, [key]),
	}
}

# in annotations these words stand for the name of a Secret, or for a hash of it
telling(key) := "" if {
	regex.match(`(?i)^checksum|(?:secret|credential)s?$`, key)
} else := key
