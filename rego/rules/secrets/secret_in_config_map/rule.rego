# METADATA
# title: ConfigMap holds a secret
# description: >-
#   ConfigMaps are not encrypted at rest, are shown in full by every tool, and many more people and programs
#   may read them than Secrets.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/configuration/configmap/
#   - ref: https://kubernetes.io/docs/concepts/configuration/secret/
# custom:
#   id: KA-C-0002
#   severity: high
#   over: object
#   kinds: [ConfigMap]
#   reads: [data, binaryData]
#   remediation: >-
#     Change the secret and keep it in a Secret or an external store; let the configuration refer to it by a
#     file or a variable.
package kubeassay.rules.secrets.secret_in_config_map

import data.kubeassay.lib.credentials

fail contains finding if {
	some key
	value := input.data[key]
	is_string(key)
	is_string(value)
	what := credentials.exposed(key, value)
	finding := {"message": message(what, key), "path": ["data", key]}
}

fail contains finding if {
	some key
	value := input.binaryData[key]
	is_string(key)
	is_string(value)
	what := in_binary(key, value)
	finding := {"message": message(what, key), "path": ["binaryData", key]}
}

in_binary(key, value) := what if {
	what := credentials.kind(value)
} else := "a key store" if {
	regex.match(`(?i)\.(?:p12|pfx|jks|keystore|kdbx)$`, key)
	not regex.match(`(?i)trust|cacerts`, key)
}

message(what, key) := sprintf("ConfigMap has %s under the key %s", [what, key])
