# METADATA
# title: Containers of the pod share one process namespace
# description: >-
#   Each container sees the processes of the others, with their command lines and environment, and one that
#   runs as the same user can signal them, trace them and read their files through /proc.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/configure-pod-container/share-process-namespace/
# custom:
#   id: KA-W-0051
#   severity: low
#   over: workload
#   reads: [spec.shareProcessNamespace, containers]
#   remediation: Remove shareProcessNamespace, or set it to false; debug with an ephemeral container and --target.
package kubeassay.rules.workload.share_process_namespace

fail contains finding if {
	input.spec.shareProcessNamespace == true
	count([container | some container in input.containers; container.type != "init"]) > 1
	finding := {
		"message": "The pod's containers see each other's processes",
		"path": ["spec", "shareProcessNamespace"],
	}
}
