package kubeassay.rules.workload.host_path_volume_test

import data.kubeassay.rules.workload.host_path_volume

faults(volumes) := found if {
	found := host_path_volume.fail with input as {"spec": {"volumes": volumes}}
}

test_message_names_the_path if {
	faults([{"emptyDir": {}}, {"hostPath": {"path": "/data"}}]) == {{
		"message": "The pod mounts /data of the node",
		"path": ["spec", "volumes", 1, "hostPath"],
	}}
}

test_graver_paths_are_other_faults if {
	every path in ["/etc", "/", "/var/run/docker.sock", "/root/.aws/"] {
		count(faults([{"hostPath": {"path": path}}])) == 0
	}
}

test_host_path_without_path_fails if {
	count(faults([{"hostPath": {}}])) == 1
}

test_null_is_no_volume if {
	count(faults([{"hostPath": null}])) == 0
	count(faults(null)) == 0
}
