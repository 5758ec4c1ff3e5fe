package kubeassay.lib.host_path_test

import data.kubeassay.lib.host_path

test_paths_have_one_spelling if {
	host_path.clean("/var//lib/kubelet/") == "/var/lib/kubelet"
	host_path.clean("/") == "/"
	host_path.clean("/./etc") == "/etc"
	host_path.clean(`C:\Windows\System32`) == "/c:/windows/system32"
	host_path.clean(`\\.\pipe\docker_engine`) == "/pipe/docker_engine"
}

test_category if {
	every path, category in {
		"/run/containerd/containerd.sock": "runtime_socket",
		"/run/user/1000/docker.sock": "runtime_socket",
		"/pipe/docker_engine": "runtime_socket",
		"/var/run": "runtime_socket",
		"/run/containerd": "runtime_socket",
		"/root/.aws": "cloud_credentials",
		"/home/ci/.config/gcloud": "cloud_credentials",
		"/etc/kubernetes/azure.json": "cloud_credentials",
		"/var/log": "log",
		"/var/log/pods": "log",
		"/": "sensitive",
		"/var": "sensitive",
		"/var/lib": "sensitive",
		"/etc/kubernetes/pki": "sensitive",
		"/var/run/dbus": "sensitive",
		"/run/containerd/io.containerd.runtime.v2.task": "sensitive",
		"/opt": "sensitive",
		"/c:/windows": "sensitive",
		"/etc/localtime": "other",
		"/lib/modules/6.8.0": "other",
		"/etcetera": "other",
		"/dev/fuse": "other",
		"/run/xtables.lock": "other",
		"/srv/data": "other",
	} {
		host_path.category(path) == category
	}
}

test_volumes_carry_their_place if {
	found := host_path.volumes with input as {"spec": {"volumes": [
		{"name": "tmp", "emptyDir": {}},
		{"name": "data", "hostPath": {"path": "/srv/data/", "type": "Directory"}},
		{"name": "broken", "hostPath": {"path": 5}},
		"nonsense",
	]}}
	found == {{
		"name": "data",
		"type": "Directory",
		"host_path": "/srv/data",
		"category": "other",
		"path": ["spec", "volumes", 1, "hostPath", "path"],
	}}
}

mounts(host_path_fields, mount) := found if {
	found := host_path.writable with input as {
		"spec": {"volumes": [{"name": "v", "hostPath": host_path_fields}]},
		"containers": [{"path": ["spec", "containers", 0], "volumeMounts": [object.union({"name": "v"}, mount)]}],
	}
}

test_mounts_are_writable_unless_read_only if {
	{mount.path | some mount in mounts({"path": "/srv"}, {})} == {["spec", "containers", 0, "volumeMounts", 0, "readOnly"]}
	count(mounts({"path": "/srv"}, {"readOnly": false})) == 1
	count(mounts({"path": "/srv"}, {"readOnly": true})) == 0
}

test_sockets_and_devices_are_not_made_harmless_by_read_only_mounts if {
	count(mounts({"path": "/srv/a", "type": "Socket"}, {})) == 0
	count(mounts({"path": "/dev/fuse", "type": "CharDevice"}, {})) == 0
	count(mounts({"path": "/var/run/docker.sock"}, {})) == 0
}
