package kubeassay.rules.workload.sysctl_unsafe_test

import data.kubeassay.rules.workload.sysctl_unsafe

is_fault(name, minor) if {
	found := sysctl_unsafe.fail with input as {"spec": {"securityContext": {"sysctls": [{"name": name}]}}}
		with data.scan as {"kubernetes": {"major": 1, "minor": minor}}
	{finding.path | some finding in found} == {["spec", "securityContext", "sysctls", 0, "name"]}
}

since := {
	"kernel.shm_rmid_forced": 0,
	"net.ipv4.ip_local_port_range": 0,
	"net.ipv4.ip_unprivileged_port_start": 0,
	"net.ipv4.ping_group_range": 0,
	"net.ipv4.tcp_syncookies": 0,
	"net.ipv4.ip_local_reserved_ports": 27,
	"net.ipv4.tcp_fin_timeout": 29,
	"net.ipv4.tcp_keepalive_intvl": 29,
	"net.ipv4.tcp_keepalive_probes": 29,
	"net.ipv4.tcp_keepalive_time": 29,
	"net.ipv4.tcp_rmem": 32,
	"net.ipv4.tcp_wmem": 32,
	"net.ipv4.tcp_notsent_lowat": 37,
	"net.ipv4.tcp_slow_start_after_idle": 37,
}

test_names_are_safe_from_their_version_on if {
	every name, minor in since {
		is_fault(name, minor - 1)
		not is_fault(name, minor)
		not is_fault(name, 37)
	}
}

test_other_names_fail if {
	every name in ["kernel.msgmax", "net/ipv4/tcp_syncookies", ""] {
		is_fault(name, 37)
	}
}

test_no_sysctls_pass if {
	count(sysctl_unsafe.fail) == 0 with input as {"spec": {"securityContext": {"sysctls": null}}}
}
