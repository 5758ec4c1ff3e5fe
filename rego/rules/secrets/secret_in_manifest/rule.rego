# METADATA
# title: Secret stands in the manifest with its values
# description: >-
#   Base64 hides nothing: everybody with access to the repository, its copies and its history has the secret,
#   also after it was removed there.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/secrets-good-practices/
# custom:
#   id: KA-C-0007
#   severity: high
#   over: object
#   kinds: [Secret]
#   reads: [data, sops, stringData]
#   remediation: >-
#     Change the secret, and keep it encrypted (SOPS, Sealed Secrets) or in an external store (External Secrets
#     Operator, Secrets Store CSI Driver).
package kubeassay.rules.secrets.secret_in_manifest

import data.kubeassay.lib.credentials

fail contains finding if {
	not data.scan.snapshot
	not input.sops
	some field in ["data", "stringData"]
	keys := [key | some key; secret(field, key, input[field][key])]
	count(keys) > 0
	shown := concat(", ", array.slice(sort(keys), 0, 3))
	finding := {"message": sprintf("Secret has values in the manifest: %s", [shown]), "path": [field]}
}

secret(field, key, value) if {
	is_string(key)
	is_string(value)
	not regex.match(public, key)
	text := plain(field, value)
	credentials.is_filled_in(text)
	not harmless_settings(key, text)
}

# a file of settings may have been put into a Secret for the sake of uniformity
harmless_settings(key, text) if {
	regex.match(`(?i)\.(?:ya?ml|json|ini|conf|cfg|toml|properties|xml|env|sh)$`, key)
	not credentials.exposed(key, text)
}

# public parts of a key pair, and what is needed beside a password but is none
public := `(?i)(?:^|[._-])(?:crt|cer|pub|namespace|user(?:name)?|host(?:name)?|port|email)$`

plain(field, value) := text if {
	field == "data"
	base64.is_valid(value)
	text := base64.decode(value)
} else := value

not_applicable contains {"message": message, "path": ["data"]} if {
	data.scan.snapshot
	message := "this is the Secret itself, as the cluster keeps it, and no manifest"
}
