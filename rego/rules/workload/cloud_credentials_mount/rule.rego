# METADATA
# title: Pod mounts the node's cloud credentials
# description: >-
#   With the node's own account a container can read registries and disks, and often change the cloud
#   project or subscription itself.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/cloud-native-security/
# custom:
#   id: KA-W-0045
#   severity: high
#   over: workload
#   reads: [spec.volumes.hostPath]
#   remediation: Remove the volume and give the pod an identity of its own, by the provider's workload identity.
package kubeassay.rules.workload.cloud_credentials_mount

import data.kubeassay.lib.host_path

fail contains finding if {
	some volume in host_path.volumes
	volume.category == "cloud_credentials"
	finding := {
		"message": sprintf("The pod mounts the node's cloud credentials, %s", [volume.host_path]),
		"path": volume.path,
	}
}
