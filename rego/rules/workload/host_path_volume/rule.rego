# METADATA
# title: Pod mounts a path of the node
# description: >-
#   A hostPath volume carries files between the node and the container: credentials, logs and other pods'
#   data can be read, and where it is writable, often the whole node be taken over.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/storage/volumes/#hostpath
#   - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   id: KA-W-0010
#   severity: high
#   over: workload
#   reads: [spec.volumes.hostPath]
#   remediation: Use a persistentVolumeClaim, configMap, emptyDir or CSI volume instead of hostPath.
package kubeassay.rules.workload.host_path_volume

import data.kubeassay.lib.host_path

fail contains finding if {
	some i
	source := input.spec.volumes[i].hostPath
	source != null
	not graver(source)
	finding := {"message": message(source), "path": ["spec", "volumes", i, "hostPath"]}
}

# each of these is a fault of its own
graver(source) if {
	is_string(source.path)
	host_path.category(host_path.clean(source.path)) in {"cloud_credentials", "runtime_socket", "sensitive"}
}

message(source) := sprintf("The pod mounts %s of the node", [source.path]) if {
	is_string(source.path)
} else := "The pod mounts a path of the node"
