# METADATA
# title: Pod mounts the container runtime's socket
# description: >-
#   Over this socket anybody can start a privileged container with the node's disk in it, past every check
#   of the API server. A read-only mount does not help: a socket can be used all the same.
# scope: package
# related_resources:
#   - ref: https://docs.docker.com/engine/security/protect-access/
# custom:
#   id: KA-W-0043
#   severity: critical
#   over: workload
#   reads: [spec.volumes.hostPath]
#   remediation: Remove the volume; build images without a daemon, and ask the kubelet or the API server about containers.
package kubeassay.rules.workload.container_runtime_socket

import data.kubeassay.lib.host_path

fail contains finding if {
	some volume in host_path.volumes
	volume.category == "runtime_socket"
	finding := {"message": message(volume), "path": volume.path}
}

message(volume) := sprintf("The pod mounts the container runtime's socket, %s", [volume.host_path]) if {
	host_path.runtime_socket(volume.host_path)
} else := sprintf("The pod mounts %s, where the container runtime's socket is", [volume.host_path])
