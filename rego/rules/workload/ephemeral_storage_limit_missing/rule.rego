# METADATA
# title: Container may fill the node's disk
# description: >-
#   Logs, emptyDir volumes and the writable layer share the node's disk. When it is full, the kubelet evicts
#   pods, this one and others.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/storage/ephemeral-storage/
# custom:
#   id: KA-W-0084
#   severity: info
#   over: workload
#   reads: [containers.resources, facts.limit_ranges.defaults]
#   tags: [reliability]
#   remediation: Set resources.limits.ephemeral-storage.
package kubeassay.rules.workload.ephemeral_storage_limit_missing

import data.kubeassay.lib.resources

fail contains finding if {
	some container in resources.limited
	not resources.has_own_limit(container, "ephemeral-storage")
	finding := {
		"message": "{container} has no limit for ephemeral storage",
		"path": array.concat(container.path, ["resources", "limits", "ephemeral-storage"]),
	}
}
