# METADATA
# title: Pod mounts a volume of a type that the restricted standard forbids
# description: >-
#   Types other than a claim, CSI and those that Kubernetes itself fills let the pod's author choose the
#   storage server and reach it from the node, past quotas and storage classes; most are deprecated.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/
#   - ref: https://kubernetes.io/docs/concepts/storage/volumes/
# custom:
#   id: KA-W-0011
#   severity: low
#   over: workload
#   reads: [facts.volumes.types]
#   remediation: Let an administrator offer the storage by a PersistentVolume, and use it by a persistentVolumeClaim.
package kubeassay.rules.workload.volume_type_restricted

allowed := {
	"configMap",
	"csi",
	"downwardAPI",
	"emptyDir",
	"ephemeral",
	"image",
	"persistentVolumeClaim",
	"projected",
	"secret",
}

# A volume without any source is an emptyDir to the API server; a hostPath is a fault of its own.
fail contains finding if {
	some i, stated in input.facts.volumes.types
	types := {type | some type in stated}
	count(types & (allowed | {"hostPath"})) == 0
	type := min(types)
	finding := {
		"message": sprintf("The pod mounts a volume of type %s", [type]),
		"path": ["spec", "volumes", i, type],
	}
}
