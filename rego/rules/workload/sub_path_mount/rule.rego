# METADATA
# title: Container mounts part of a volume while the kubelet follows links in it
# description: >-
#   Kubelets of Kubernetes 1.22 and before could be raced: a link swapped in for the subPath gave the
#   container the node's whole file system (CVE-2021-25741).
# scope: package
# related_resources:
#   - ref: https://github.com/kubernetes/kubernetes/issues/104980
# custom:
#   id: KA-W-0057
#   severity: high
#   over: workload
#   reads: [containers.volumeMounts.subPath, containers.volumeMounts.subPathExpr]
#   remediation: Update the kubelets, or mount whole volumes.
package kubeassay.rules.workload.sub_path_mount

fail contains {"message": "{container} mounts a subPath, which CVE-2021-25741 lets out to the node", "path": path} if {
	data.scan.kubernetes.minor < 19
	some path in sub_paths
}

unknown contains {"message": "CVE-2021-25741 needs 1.19.15, 1.20.11, 1.21.5 or 1.22.2; only the minor version is known", "path": path} if {
	data.scan.kubernetes.minor in numbers.range(19, 22)
	some path in sub_paths
}

not_applicable contains {"message": "CVE-2021-25741 was mended before Kubernetes 1.23", "path": path} if {
	data.scan.kubernetes.minor > 22
	some path in sub_paths
}

sub_paths contains path if {
	some container in input.containers
	some i, mount in container.volumeMounts
	some field in ["subPath", "subPathExpr"]
	is_string(mount[field])
	mount[field] != ""
	path := array.concat(container.path, ["volumeMounts", i, field])
}
