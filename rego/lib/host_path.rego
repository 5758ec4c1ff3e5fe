# METADATA
# title: Paths of the node that a pod mounts
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/storage/volumes/#hostpath
package kubeassay.lib.host_path

# METADATA
# title: The hostPath volumes
# description: >-
#   Each with `name`, `type`, the `host_path` in one spelling, what it gives away (`category`) and its `path`
#   in the pod template. Reads spec.volumes.
volumes contains volume if {
	some i, entry in input.spec.volumes
	is_string(entry.hostPath.path)
	host_path := clean(entry.hostPath.path)
	volume := {
		"name": object.get(entry, "name", ""),
		"type": object.get(entry.hostPath, "type", ""),
		"host_path": host_path,
		"category": category(host_path),
		"path": ["spec", "volumes", i, "hostPath", "path"],
	}
}

# METADATA
# title: The mounts through which a container can write to a hostPath volume
# description: >-
#   Each with the `volume` and the `path` of `readOnly`. A read-only mount does not keep anybody from
#   using a socket or a device, so these are left out. Reads spec.volumes and containers.volumeMounts.
writable contains mount if {
	some container in input.containers
	some i, entry in container.volumeMounts
	not read_only(entry)
	some volume in volumes
	volume.name == entry.name
	type := volume.type
	not type in {"Socket", "CharDevice", "BlockDevice"}
	host_path := volume.host_path
	not runtime_socket(host_path)
	mount := {
		"volume": volume,
		"path": array.concat(container.path, ["volumeMounts", i, "readOnly"]),
	}
}

read_only(mount) if mount.readOnly == true

# METADATA
# title: A path without doubled or trailing slashes; Windows paths in small letters, with slashes
clean(path) := sprintf("/%s", [concat("/", [part | some part in split(unified(path), "/"); not part in {"", "."}])])

unified(path) := lower(replace(path, `\`, "/")) if windows(path)

else := path

windows(path) if regex.match(`^(?:[A-Za-z]:|\\\\)`, path)

# METADATA
# title: What a path of the node gives away
category(path) := "runtime_socket" if {
	runtime_socket(path)
} else := "runtime_socket" if {
	through_run(path) in runtime_folders
} else := "cloud_credentials" if {
	cloud_credentials(path)
} else := "log" if {
	within(path, "/var/log")
} else := "sensitive" if {
	sensitive(path)
} else := "other"

# METADATA
# title: The socket over which containers are made
runtime_socket(path) if {
	parts := split(path, "/")
	parts[count(parts) - 1] in {
		"containerd.sock",
		"cri-dockerd.sock",
		"crio.sock",
		"docker.sock",
		"dockershim.sock",
		"frakti.sock",
		"podman.sock",
	}
}

runtime_socket(path) if path in {"/pipe/docker_engine", "/pipe/containerd-containerd"}

runtime_folders := {
	"/run",
	"/run/containerd",
	"/run/crio",
	"/run/host-containerd",
	"/run/k3s",
	"/run/k3s/containerd",
	"/run/podman",
}

# /var/run is a link to /run
through_run(path) := substring(path, 4, -1) if within(path, "/var/run")

else := path

cloud_credentials(path) if {
	some part in split(path, "/")
	part in {".aws", ".azure", "gcloud"}
}

cloud_credentials(path) if {
	some folder in {
		"/etc/kubernetes/azure.json",
		"/etc/kubernetes/cloud-config",
		"/etc/kubernetes/cloud.conf",
		"/var/lib/cloud",
		"/var/lib/waagent",
	}
	within(path, folder)
}

sensitive(path) if path == "/"

sensitive(path) if {
	some folder in sensitive_folders
	overlaps(through_run(path), folder)
	count([harmless | some harmless in harmless_paths; within(path, harmless)]) == 0
}

overlaps(path, folder) if within(path, folder)

overlaps(path, folder) if within(folder, path)

within(path, folder) if path == folder

within(path, folder) if startswith(path, sprintf("%s/", [folder]))

sensitive_folders := {
	"/bin",
	"/boot",
	"/etc",
	"/home",
	"/lib",
	"/lib32",
	"/lib64",
	"/opt/cni",
	"/proc",
	"/root",
	"/run/containerd",
	"/run/crio",
	"/run/dbus",
	"/run/netns",
	"/run/systemd",
	"/sbin",
	"/sys",
	"/usr",
	"/var/lib/cni",
	"/var/lib/containerd",
	"/var/lib/containers",
	"/var/lib/docker",
	"/var/lib/etcd",
	"/var/lib/kubelet",
	"/var/lib/rancher",
	"/var/log",
	"/var/snap",
	"/var/spool/cron",
	"/c:/etc/kubernetes",
	"/c:/k",
	"/c:/programdata",
	"/c:/users",
	"/c:/var/lib/kubelet",
	"/c:/windows",
}

# what everybody on a node may read and what tells nothing
harmless_paths := {
	"/etc/ca-certificates",
	"/etc/hostname",
	"/etc/hosts",
	"/etc/localtime",
	"/etc/machine-id",
	"/etc/os-release",
	"/etc/pki/ca-trust",
	"/etc/resolv.conf",
	"/etc/ssl/certs",
	"/etc/timezone",
	"/lib/modules",
	"/usr/lib/modules",
	"/usr/lib/os-release",
	"/usr/local/share/ca-certificates",
	"/usr/share/ca-certificates",
	"/usr/share/zoneinfo",
	"/usr/src",
}
