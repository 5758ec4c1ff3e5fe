# METADATA
# title: Secret holds a ServiceAccount token that never expires
# description: >-
#   Such a token is valid until its Secret or account is deleted, from anywhere and for every audience; a
#   stolen one stays useful for years.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/configuration/secret/#serviceaccount-token-secrets
# custom:
#   id: KA-C-0008
#   severity: medium
#   over: object
#   kinds: [Secret]
#   reads: [type]
#   remediation: >-
#     Delete the Secret; mount a projected token (volumes.projected.sources.serviceAccountToken) or ask for a
#     short one with kubectl create token.
package kubeassay.rules.secrets.service_account_token_secret

fail contains {"message": message, "path": ["type"]} if {
	input.type == "kubernetes.io/service-account-token"
	message := "Secret holds a ServiceAccount token that never expires"
}

# the API server always sets a type, so it was not read
unknown contains {"message": message, "path": ["type"]} if {
	data.scan.snapshot
	not input.type
	message := "The type of the Secret was not read from the cluster"
}
