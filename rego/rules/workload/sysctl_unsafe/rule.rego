# METADATA
# title: Pod sets an unsafe sysctl
# description: >-
#   Sysctls outside the safe set act on the whole node or on its other pods, can switch protections off
#   and are refused by a kubelet that does not allow them by name.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/
#   - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   id: KA-W-0020
#   severity: medium
#   over: workload
#   reads: [spec.securityContext.sysctls]
#   remediation: >-
#     Remove the sysctl where the kernel's default will do; set one that belongs to the whole node on the nodes.
package kubeassay.rules.workload.sysctl_unsafe

# Minor version of Kubernetes → the names that it added to the safe set
safe := {
	0: {
		"kernel.shm_rmid_forced",
		"net.ipv4.ip_local_port_range",
		"net.ipv4.ip_unprivileged_port_start",
		"net.ipv4.ping_group_range",
		"net.ipv4.tcp_syncookies",
	},
	27: {"net.ipv4.ip_local_reserved_ports"},
	29: {
		"net.ipv4.tcp_fin_timeout",
		"net.ipv4.tcp_keepalive_intvl",
		"net.ipv4.tcp_keepalive_probes",
		"net.ipv4.tcp_keepalive_time",
	},
	32: {"net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem"},
	37: {"net.ipv4.tcp_notsent_lowat", "net.ipv4.tcp_slow_start_after_idle"},
}

fail contains finding if {
	some i
	sysctl := input.spec.securityContext.sysctls[i]
	is_object(sysctl)
	not is_safe(object.get(sysctl, "name", ""))
	finding := {
		"message": "The pod sets the unsafe sysctl {value}",
		"path": ["spec", "securityContext", "sysctls", i, "name"],
	}
}

is_safe(name) if {
	some minor, names in safe
	minor <= data.scan.kubernetes.minor
	name in names
}
