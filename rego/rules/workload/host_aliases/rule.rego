# METADATA
# title: Pod writes names into its hosts file
# description: >-
#   The names no longer follow DNS: whoever may change the pod can point them at another server, and an
#   address that moves is found only when connections fail.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/network/customize-hosts-file-for-pods/
# custom:
#   id: KA-W-0052
#   severity: low
#   over: workload
#   reads: [spec.hostAliases]
#   remediation: Remove hostAliases and let DNS resolve the names, by a Service of type ExternalName if need be.
package kubeassay.rules.workload.host_aliases

fail contains finding if {
	count(input.spec.hostAliases) > 0
	finding := {
		"message": sprintf("The pod's hosts file gives addresses to %s", [described]),
		"path": ["spec", "hostAliases"],
	}
}

described := concat(", ", names) if {
	count(names) in {1, 2, 3}
} else := sprintf("%d names", [count(names)])

names := sort({name |
	some alias in input.spec.hostAliases
	some name in alias.hostnames
	is_string(name)
})
