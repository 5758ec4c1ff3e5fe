package kubeassay.rules.secrets.bootstrap_token_never_expires_test

import data.kubeassay.rules.secrets.bootstrap_token_never_expires

token(fields) := object.union({"type": "bootstrap.kubernetes.io/token"}, fields)

test_token_without_expiration_fails if {
	found := bootstrap_token_never_expires.fail with input as token({"stringData": {"token-id": "abcdef"}})
	found == {{"message": "Bootstrap token has no expiration", "path": ["stringData", "expiration"]}}
}

test_token_with_expiration_passes if {
	every field in ["data", "stringData"] {
		count(bootstrap_token_never_expires.fail) == 0 with input as token({field: {"expiration": "x"}})
	}
	count(bootstrap_token_never_expires.fail) == 0 with input as token({"data": {"a": "b"}, "stringData": {"expiration": "x"}})
}

test_token_without_keys_is_unknown if {
	count(bootstrap_token_never_expires.unknown) == 1 with input as token({})
	count(bootstrap_token_never_expires.fail) == 0 with input as token({"data": null})
}

test_other_secret_is_not_applicable if {
	count(bootstrap_token_never_expires.not_applicable) == 1 with input as {"type": "Opaque", "data": {"a": "b"}}
	count(bootstrap_token_never_expires.fail) == 0 with input as {"type": "Opaque", "data": {"a": "b"}}
}
