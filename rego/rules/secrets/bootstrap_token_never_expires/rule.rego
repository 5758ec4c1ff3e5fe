# METADATA
# title: Bootstrap token never expires
# description: Whoever gets hold of it can join nodes to the cluster, and so read the secrets of pods, for ever.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/bootstrap-tokens/
# custom:
#   id: KA-C-0011
#   severity: high
#   over: object
#   kinds: [Secret]
#   reads: [data, stringData, type]
#   remediation: Delete the token, and create one with a time to live when a node is to join (kubeadm token create).
package kubeassay.rules.secrets.bootstrap_token_never_expires

is_bootstrap_token if input.type == "bootstrap.kubernetes.io/token"

fields := [field | some field in ["data", "stringData"]; is_object(input[field])]

fail contains finding if {
	is_bootstrap_token
	count(fields) > 0
	not expires
	finding := {"message": "Bootstrap token has no expiration", "path": [fields[0], "expiration"]}
}

expires if {
	some field in fields
	input[field].expiration
}

unknown contains {"message": "The keys of the bootstrap token were not read", "path": ["type"]} if {
	is_bootstrap_token
	count(fields) == 0
}

not_applicable contains {"message": "no bootstrap token", "path": ["type"]} if not is_bootstrap_token
