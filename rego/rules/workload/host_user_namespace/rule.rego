# METADATA
# title: Pod runs in the node's user namespace
# description: >-
#   Root in the container is root on the node if it gets out. In a user namespace of its own it would be
#   nobody there, which took the sting out of many holes of runtimes and the kernel.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/workloads/pods/user-namespaces/
# custom:
#   id: KA-W-0056
#   severity: info
#   over: workload
#   reads: [spec.hostUsers, spec.hostNetwork, spec.hostPID, spec.hostIPC, spec.os]
#   remediation: Set hostUsers to false where the nodes' kernel, runtime and file systems support it.
package kubeassay.rules.workload.host_user_namespace

import data.kubeassay.lib.pod

fail contains finding if {
	count(not_applicable) == 0
	object.get(input, ["spec", "hostUsers"], true) != false
	finding := {
		"message": "The pod has no user namespace of its own",
		"path": ["spec", "hostUsers"],
	}
}

not_applicable contains {"message": "Windows has no user namespaces", "path": ["spec", "os"]} if pod.windows

not_applicable contains {
	"message": "User namespaces are on by default only from Kubernetes 1.33",
	"path": ["spec", "hostUsers"],
} if {
	data.scan.kubernetes.minor < 33
}

not_applicable contains {
	"message": sprintf("%s rules out a user namespace", [field]),
	"path": ["spec", field],
} if {
	some field in ["hostIPC", "hostNetwork", "hostPID"]
	input.spec[field] == true
}
