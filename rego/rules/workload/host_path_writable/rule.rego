# METADATA
# title: Container can write to a path of the node
# description: >-
#   Through a writable hostPath mount a container can change files that the node or other pods trust, plant
#   programs that run outside of it, or fill the node's disk.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/storage/volumes/#hostpath
# custom:
#   id: KA-W-0041
#   severity: high
#   over: workload
#   reads: [containers.volumeMounts.name, containers.volumeMounts.readOnly, spec.volumes.hostPath, spec.volumes.name]
#   remediation: Set readOnly to true on the volumeMount, or keep the data in a persistentVolumeClaim or emptyDir.
package kubeassay.rules.workload.host_path_writable

import data.kubeassay.lib.host_path

fail contains finding if {
	some mount in host_path.writable
	mount.volume.category != "log"
	finding := {
		"message": sprintf("{container} can write to the node's %s", [mount.volume.host_path]),
		"path": mount.path,
	}
}
