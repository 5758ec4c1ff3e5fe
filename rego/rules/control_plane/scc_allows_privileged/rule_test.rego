package kubeassay.rules.control_plane.scc_allows_privileged_test

import data.kubeassay.rules.control_plane.scc_allows_privileged

constraints(allowed) := {"allowPrivilegedContainer": allowed, "metadata": {"name": "backup"}}

own := object.union(
	constraints(true),
	{"metadata": {"annotations": {"include.release.openshift.io/self-managed-high-availability": "true"}}},
)

test_privileged_fails if {
	found := scc_allows_privileged.fail with input as constraints(true)
	{finding.path | some finding in found} == {["allowPrivilegedContainer"]}
}

test_unprivileged_passes if {
	count(scc_allows_privileged.fail) == 0 with input as constraints(false)
	count(scc_allows_privileged.not_applicable) == 0 with input as constraints(false)
}

test_constraints_of_openshift_are_not_judged if {
	count(scc_allows_privileged.fail) == 0 with input as own
	count(scc_allows_privileged.not_applicable) == 1 with input as own
}
