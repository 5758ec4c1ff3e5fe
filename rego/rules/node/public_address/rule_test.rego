package kubeassay.rules.node.public_address_test

import data.kubeassay.rules.node.public_address

test_addresses if {
	every address, found in {
		"203.0.113.7": 1,
		"9.9.9.9": 1,
		"172.15.0.1": 1,
		"172.32.0.1": 1,
		"100.128.0.1": 1,
		"109.1.2.3": 1,
		"10.0.0.7": 0,
		"172.16.0.1": 0,
		"172.31.255.1": 0,
		"192.168.1.2": 0,
		"100.64.0.1": 0,
		"100.127.0.1": 0,
		"169.254.1.1": 0,
		"127.0.0.1": 0,
	} {
		count(public_address.fail) == found with input as node("ExternalIP", address)
		count(public_address.fail) == found with input as node("InternalIP", address)
	}
}

test_ipv6_counts_where_it_is_called_external if {
	count(public_address.fail) == 1 with input as node("ExternalIP", "2001:db8::7")
	count(public_address.fail) == 0 with input as node("InternalIP", "2001:db8::7")
	count(public_address.fail) == 0 with input as node("ExternalIP", "FD00::7")
	count(public_address.fail) == 0 with input as node("ExternalIP", "fe80::7")
	count(public_address.fail) == 0 with input as node("ExternalIP", "::1")
}

test_names_are_no_addresses if {
	count(public_address.fail) == 0 with input as node("Hostname", "203.0.113.7")
	count(public_address.unknown) == 1 with input as node("Hostname", "node-1")
}

test_no_address_is_unknown if {
	count(public_address.unknown) == 1 with input as {"status": {"nodeInfo": {"kubeletVersion": "v1.34.1"}}}
	count(public_address.unknown) == 0 with input as {}
	count(public_address.not_applicable) == 1 with input as {}
	count(public_address.unknown) == 0 with input as node("InternalIP", "10.0.0.7")
}

node(type, address) := {"status": {
	"addresses": [{"type": type, "address": address}],
	"nodeInfo": {"kubeletVersion": "v1.34.1"},
}}
