package kubeassay.rules.secrets.secret_in_manifest_test

import data.kubeassay.rules.secrets.secret_in_manifest

fields(secret) := {finding.path[0] | some finding in found} if {
	found := secret_in_manifest.fail with input as secret with data.scan.snapshot as false
}

test_values_fail_and_are_not_shown if {
	found := secret_in_manifest.fail with data.scan.snapshot as false
		with input as {"stringData": {"username": "shop", "token": "abcdef", "password": "hunter2"}}
	found == {{"message": "Secret has values in the manifest: password, token", "path": ["stringData"]}}
}

test_base64_is_no_protection if {
	fields({"data": {"password": base64.encode("hunter2")}}) == {"data"}
	fields({"data": {"password": "no base64!"}}) == {"data"}
	fields({"data": {"blob": "//79/A=="}}) == {"data"}
}

test_public_parts_pass if {
	fields({"data": {"ca.crt": "LS0t", "tls.crt": "LS0t"}, "stringData": {"username": "shop", "id_ed25519.pub": "ssh-ed25519 AAAA"}}) == set()
	fields({"data": {"tls.crt": "LS0t", "tls.key": "LS0t"}}) == {"data"}
}

test_empty_and_placeholders_pass if {
	every value in ["", " ", "${PASSWORD}", "$(PASSWORD)", "<password>", "{{ .Values.password }}", "<path:secret/db#password>"] {
		fields({"stringData": {"password": value}}) == set()
		fields({"data": {"password": value}}) == set()
		fields({"data": {"password": base64.encode(value)}}) == set()
	}
	every odd in [null, {}, "x", ["hunter2"], {"password": null}, {"password": 5}] {
		fields({"data": odd, "stringData": odd}) == set()
	}
}

test_settings_fail_only_with_a_secret_in_them if {
	fields({"stringData": {"app.yaml": "log: info\nport: 80"}}) == set()
	fields({"data": {"app.yaml": base64.encode("log: info\nport: 80")}}) == set()
	fields({"stringData": {"app.yaml": "log: info\npassword: hunter2"}}) == {"stringData"}
	fields({"stringData": {".dockerconfigjson": "{}"}}) == {"stringData"}
}

test_encrypted_passes if {
	fields({"data": {"password": "ENC[AES256_GCM,data:abc,iv:def,tag:ghi,type:str]"}}) == set()
	fields({"data": {"password": "abcdefgh"}, "sops": {"version": "3.9.0"}}) == set()
}

test_cluster_is_not_applicable if {
	secret := {"data": {"password": "aHVudGVyMg=="}}
	count(secret_in_manifest.fail) == 0 with input as secret with data.scan.snapshot as true
	count(secret_in_manifest.not_applicable) == 1 with input as secret with data.scan.snapshot as true
	count(secret_in_manifest.not_applicable) == 0 with input as secret with data.scan.snapshot as false
}
