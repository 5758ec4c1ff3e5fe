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

fail contains finding if {
	some i
	host_path := input.spec.volumes[i].hostPath
	host_path != null
	finding := {"message": message(host_path), "path": ["spec", "volumes", i, "hostPath"]}
}

message(host_path) := sprintf("The pod mounts %s of the node", [host_path.path]) if {
	is_string(host_path.path)
} else := "The pod mounts a path of the node"
