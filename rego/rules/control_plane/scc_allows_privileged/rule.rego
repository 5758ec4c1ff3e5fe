# METADATA
# title: Security context constraints admit privileged containers
# description: >-
#   Whoever may use them, which is decided by roles far from here, starts privileged containers: these have
#   every device of the node and are as good as root on it.
# scope: package
# related_resources:
#   - ref: https://docs.openshift.com/container-platform/4.17/authentication/managing-security-context-constraints.html
# custom:
#   id: KA-A-0900
#   severity: high
#   over: object
#   kinds: [SecurityContextConstraints.security.openshift.io]
#   reads: [allowPrivilegedContainer, metadata.annotations, metadata.name]
#   remediation: Set allowPrivilegedContainer to false, and name the capability that is needed in allowedCapabilities.
package kubeassay.rules.control_plane.scc_allows_privileged

fail contains finding if {
	input.allowPrivilegedContainer == true
	not own
	finding := {
		"message": "Pods under these constraints may run privileged containers",
		"path": ["allowPrivilegedContainer"],
	}
}

not_applicable contains {"message": "OpenShift brings these constraints itself", "path": ["metadata", "name"]} if own

own if input.metadata.name == "privileged"

own if {
	some key, _ in input.metadata.annotations
	startswith(key, "include.release.openshift.io/")
}
