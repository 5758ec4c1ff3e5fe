package kubeassay.rules.workload.cloud_credentials_mount_test

import data.kubeassay.rules.workload.cloud_credentials_mount

faults(path) := found if {
	found := cloud_credentials_mount.fail with input as {"spec": {"volumes": [{"hostPath": {"path": path}}]}}
}

test_credentials_fail if {
	every path in {"/etc/kubernetes/azure.json", "/root/.aws/credentials", "/home/ci/.config/gcloud", "/var/lib/waagent/"} {
		count(faults(path)) == 1
	}
}

test_other_paths_pass if {
	every path in {"/etc/kubernetes", "/srv/aws", "/root"} {
		count(faults(path)) == 0
	}
}
