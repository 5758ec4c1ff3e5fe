package kubeassay.rules.workload.container_runtime_socket_test

import data.kubeassay.rules.workload.container_runtime_socket

messages(path) := found if {
	faults := container_runtime_socket.fail with input as {"spec": {"volumes": [{"hostPath": {"path": path}}]}}
	found := {finding.message | some finding in faults}
}

test_sockets_fail if {
	messages("/run/k3s/containerd/containerd.sock") == {"The pod mounts the container runtime's socket, /run/k3s/containerd/containerd.sock"}
	count(messages(`\\.\pipe\docker_engine`)) == 1
}

test_folders_of_sockets_fail if messages("/var/run/") == {"The pod mounts /var/run, where the container runtime's socket is"}

test_other_paths_pass if {
	messages("/run/systemd") == set()
	messages("/var/lib/docker") == set()
}
