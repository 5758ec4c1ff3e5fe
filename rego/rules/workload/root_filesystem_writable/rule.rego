# METADATA
# title: Root file system of the container is writable
# description: >-
#   Whoever breaks in can leave tools and back doors beside the program or change the program itself. A
#   read-only file system takes that away, and shows which folders the program really writes to.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
# custom:
#   id: KA-W-0040
#   severity: medium
#   over: workload
#   reads: [containers.securityContext.readOnlyRootFilesystem, spec.os]
#   remediation: Set securityContext.readOnlyRootFilesystem to true and mount an emptyDir where the program writes.
package kubeassay.rules.workload.root_filesystem_writable

import data.kubeassay.lib.pod

fail contains finding if {
	not pod.windows
	some container in input.containers
	not read_only(container)
	finding := {
		"message": "{container} can write to its root file system",
		"path": array.concat(container.path, ["securityContext", "readOnlyRootFilesystem"]),
	}
}

read_only(container) if container.securityContext.readOnlyRootFilesystem == true

not_applicable contains {"message": "Windows cannot mount it read-only", "path": ["spec", "os"]} if pod.windows
