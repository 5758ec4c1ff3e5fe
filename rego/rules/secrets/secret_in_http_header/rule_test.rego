package kubeassay.rules.secrets.secret_in_http_header_test

import data.kubeassay.rules.secrets.secret_in_http_header

fails(name, value) := count(found) if {
	found := secret_in_http_header.fail with input as pod([{"name": name, "value": value}])
}

pod(headers) := {"containers": [{
	"path": ["spec", "containers", 0],
	"readinessProbe": {"httpGet": {"path": "/", "httpHeaders": headers}},
}]}

test_secret_header_fails_and_is_not_shown if {
	found := secret_in_http_header.fail with input as pod([{"name": "Authorization", "value": "Basic c2hvcDpodW50ZXIy"}])
	found == {{
		"message": "{container} has a secret in the header Authorization of its readinessProbe",
		"path": ["spec", "containers", 0, "readinessProbe", "httpGet", "httpHeaders", 0, "value"],
	}}
	fails("X-Api-Key", "abcdef0123") == 1
	fails("X-Auth-Token", "abcdef0123") == 1
}

test_hook_fails if {
	found := secret_in_http_header.fail with input as {"containers": [{
		"path": ["spec", "containers", 0],
		"lifecycle": {"preStop": {"httpGet": {"httpHeaders": [{"name": "Proxy-Authorization", "value": "Basic c2hvcDpodW50ZXIy"}]}}},
	}]}
	{finding.message | some finding in found} == {"{container} has a secret in the header Proxy-Authorization of its preStop"}
}

test_other_headers_pass if {
	fails("Host", "shop.example.com") == 0
	fails("X-Custom", "yes") == 0
	fails("Cookie", "session=readiness-probe") == 0
	fails("Authorization", "") == 0
}

test_odd_types_pass if {
	every odd in [null, "x", {}, [7], [{"name": 5}]] {
		count(secret_in_http_header.fail) == 0 with input as pod(odd)
	}
}
