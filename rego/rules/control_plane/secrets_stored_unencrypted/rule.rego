# METADATA
# title: Secrets are stored without strong encryption
# description: >-
#   The first provider listed for secrets writes them; identity writes them as they are, and aesgcm is safe
#   only while its keys are replaced all the time.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/
# custom:
#   id: KA-A-0127
#   severity: high
#   over: component
#   kinds: [kube-apiserver]
#   reads: [facts.encryption.of_secrets]
#   remediation: >-
#     List kms (v2), secretbox or aescbc first for secrets in the encryption configuration, and rewrite the
#     Secrets that exist.
package kubeassay.rules.control_plane.secrets_stored_unencrypted

strong := {"kms", "secretbox", "aescbc"}

found := input.facts.encryption.of_secrets

fail contains finding if {
	found.provider == ""
	finding := {"message": sprintf("Secrets are stored as they are: %s", [found.reason]), "path": found.path}
}

fail contains finding if {
	provider := found.provider
	provider != ""
	not provider in strong
	finding := {
		"message": sprintf("The first provider for secrets is %s", [provider]),
		"path": found.path,
	}
}

unknown contains finding if {
	finding := {
		"message": sprintf("How Secrets are stored is not known: %s; %s", [found.unknown, found.learn]),
		"path": found.path,
	}
}
