package kubeassay.rules.node.container_runtime_vulnerable_test

import data.kubeassay.rules.node.container_runtime_vulnerable as runtime

test_holes_and_fixes if {
	every version, found in {
		"containerd://1.3.9": 1,
		"containerd://1.4.12": 1,
		"containerd://1.4.13": 0,
		"containerd://1.5.9": 1,
		"containerd://1.5.10": 0,
		"containerd://v1.6.0": 1,
		"containerd://1.6.0-rc.1": 1,
		"containerd://1.6.0-k3s1": 1,
		"containerd://1.6.1": 0,
		"containerd://2.1.5-k3s1.34": 0,
		"cri-o://1.18.9": 0,
		"cri-o://1.19.5": 1,
		"cri-o://1.23.1": 1,
		"cri-o://1.23.2": 0,
		"cri-o://1.34.1": 0,
		"docker://19.3.1": 0,
	} {
		count(runtime.fail) == found with input as node(version)
	}
}

test_names_the_fix if {
	some finding in runtime.fail with input as node("cri-o://1.21.2")
	endswith(finding.message, "(CVE-2022-0811); fixed in 1.21.6")
}

test_distributors_version_is_unknown if {
	count(runtime.fail) == 0 with input as node("containerd://1.5.5-0ubuntu3~20.04.2")
	count(runtime.unknown) == 1 with input as node("containerd://1.5.5-0ubuntu3~20.04.2")
	count(runtime.unknown) == 0 with input as node("containerd://1.7.12-0ubuntu4")
}

test_no_version_is_unknown if {
	count(runtime.unknown) == 1 with input as node("")
	count(runtime.unknown) == 1 with input as node("containerd://")
}

test_node_without_a_kubelet_does_not_apply if {
	count(runtime.unknown) == 0 with input as {}
	count(runtime.not_applicable) == 1 with input as {}
	count(runtime.not_applicable) == 0 with input as node("")
}

test_other_runtime_does_not_apply if {
	count(runtime.not_applicable) == 1 with input as node("docker://20.10.7")
	count(runtime.unknown) == 0 with input as node("docker://20.10.7")
}

node(version) := {"status": {"nodeInfo": {"containerRuntimeVersion": version, "kubeletVersion": "v1.34.1"}}}
