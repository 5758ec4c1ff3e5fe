package kubeassay.rules.workload.sysctl_unsafe_test

import data.kubeassay.rules.workload.sysctl_unsafe

is_fault(name, minor) if {
	found := sysctl_unsafe.fail with input as {"spec": {"securityContext": {"sysctls": [{"name": name}]}}}
		with data.scan as {"kubernetes": {"major": 1, "minor": minor}}
	{finding.path | some finding in found} == {["spec", "securityContext", "sysctls", 0, "name"]}
}

test_names_become_safe_with_their_version if {
	every minor in [27, 29, 32, 37] {
		every name in sysctl_unsafe.safe[minor] {
			is_fault(name, minor - 1)
			not is_fault(name, minor)
			not is_fault(name, 37)
		}
	}
}

test_first_names_are_always_safe if {
	every name in sysctl_unsafe.safe[0] {
		not is_fault(name, 0)
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
