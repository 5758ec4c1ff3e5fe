package kubeassay.rules.workload.host_path_sensitive_test

import data.kubeassay.rules.workload.host_path_sensitive

paths(path) := found if {
	faults := host_path_sensitive.fail with input as {"spec": {"volumes": [{"name": "v", "hostPath": {"path": path}}]}}
	found := {finding.path | some finding in faults}
}

test_system_folders_fail if {
	every path in {"/", "/etc", "/etc/kubernetes/", "/var", "/var/lib/kubelet/pods", "/proc", "/root"} {
		paths(path) == {["spec", "volumes", 0, "hostPath", "path"]}
	}
}

test_other_folders_pass if {
	every path in {"/srv/data", "/etc/localtime", "/var/log", "/var/run/docker.sock", "/root/.aws"} {
		paths(path) == set()
	}
}
