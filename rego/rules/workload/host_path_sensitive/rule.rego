# METADATA
# title: Pod mounts a folder of the node that holds credentials or system files
# description: >-
#   There lie the kubelet's keys, other pods' secrets and volumes, password hashes or programs that root
#   runs. Reading them is often enough to become the node; writing them always is.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/storage/volumes/#hostpath
# custom:
#   id: KA-W-0042
#   severity: high
#   over: workload
#   reads: [spec.volumes.hostPath]
#   remediation: Remove the hostPath volume, or narrow it to the one file that is needed.
package kubeassay.rules.workload.host_path_sensitive

import data.kubeassay.lib.host_path

fail contains finding if {
	some volume in host_path.volumes
	volume.category == "sensitive"
	finding := {
		"message": sprintf("The pod mounts %s of the node, which holds credentials or system files", [volume.host_path]),
		"path": volume.path,
	}
}
