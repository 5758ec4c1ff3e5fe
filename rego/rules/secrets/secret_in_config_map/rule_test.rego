package kubeassay.rules.secrets.secret_in_config_map_test

import data.kubeassay.rules.secrets.secret_in_config_map

test_secret_by_key_and_in_file_fail_and_are_not_shown if {
	found := secret_in_config_map.fail with input as {"data": {
		"SMTP_HOST": "smtp.example.com",
		"SMTP_PASSWORD": "hunter2",
		"app.properties": "size=5\nqueue.password=hunter2",
	}}
	found == {
		{"message": "ConfigMap has a secret under the key SMTP_PASSWORD", "path": ["data", "SMTP_PASSWORD"]},
		{
			"message": "ConfigMap has a secret as queue.password under the key app.properties",
			"path": ["data", "app.properties"],
		},
	}
}

test_binary_key_store_fails_and_trust_store_passes if {
	found := secret_in_config_map.fail with input as {"binaryData": {"server.p12": "MIIK", "truststore.jks": "/u3+7Q=="}}
	{finding.path | some finding in found} == {["binaryData", "server.p12"]}
}

test_binary_private_key_fails if {
	text := base64.encode("-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA")
	found := secret_in_config_map.fail with input as {"binaryData": {"server": text}}
	{finding.path | some finding in found} == {["binaryData", "server"]}
}

test_odd_types_pass if {
	every odd in [null, "x", {"PASSWORD": 5}, {"PASSWORD": ""}, [], ["hunter2"]] {
		count(secret_in_config_map.fail) == 0 with input as {"data": odd, "binaryData": odd}
	}
}
