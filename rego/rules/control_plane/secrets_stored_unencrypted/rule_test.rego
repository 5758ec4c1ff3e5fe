package kubeassay.rules.control_plane.secrets_stored_unencrypted_test

import data.kubeassay.rules.control_plane.secrets_stored_unencrypted

test_identity_fails if {
	count(secrets_stored_unencrypted.fail) == 1 with input as {"facts": {"encryption": {"of_secrets": {"provider": "identity", "path": []}}}}
}

test_nothing_fails if {
	count(secrets_stored_unencrypted.fail) == 1 with input as {"facts": {"encryption": {"of_secrets": {"provider": "", "reason": "x", "path": []}}}}
}

test_kms_passes if {
	count(secrets_stored_unencrypted.fail) == 0 with input as {"facts": {"encryption": {"of_secrets": {"provider": "kms", "path": []}}}}
}

test_unknown if {
	count(secrets_stored_unencrypted.fail) == 0 with input as {"facts": {"encryption": {"of_secrets": {"unknown": "x", "learn": "y", "path": [], "enable": [], "disable": []}}}}
	count(secrets_stored_unencrypted.unknown) == 1 with input as {"facts": {"encryption": {"of_secrets": {"unknown": "x", "learn": "y", "path": [], "enable": [], "disable": []}}}}
}
