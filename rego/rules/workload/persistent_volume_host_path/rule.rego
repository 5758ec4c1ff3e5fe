# METADATA
# title: PersistentVolume is a folder of the node
# description: >-
#   A pod that claims it reads and writes the node's files, although no Pod Security Standard sees a
#   hostPath in the pod.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/storage/persistent-volumes/#types-of-persistent-volumes
# custom:
#   id: KA-W-0320
#   severity: high
#   over: object
#   kinds: [PersistentVolume]
#   reads: [spec.hostPath]
#   remediation: Use a volume of a storage driver, or type local on a disk of its own.
package kubeassay.rules.workload.persistent_volume_host_path

fail contains finding if {
	path := input.spec.hostPath.path
	finding := {
		"message": sprintf("The volume is the node's %v", [path]),
		"path": ["spec", "hostPath"],
	}
}
