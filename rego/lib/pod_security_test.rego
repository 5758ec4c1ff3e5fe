package kubeassay.lib.pod_security_test

import data.kubeassay.lib.pod_security

admission(facts) := {"name": "shop", "declared": true, "facts": {"pod_security": {"admission": facts}}}

topic(state, by) := admission({
	"level": "privileged",
	"unknown": "no node",
	"policies": ["ClusterPolicy pods"],
	"held": [],
	"topics": {"root": {"state": state, "by": by}},
})

test_enforced if {
	pod_security.enforced == "baseline" with input as admission({"level": "baseline"})
}

test_policies if {
	pod_security.policed with input as admission({"policies": ["a"], "held": []})
	not pod_security.held with input as admission({"policies": ["a"], "held": []})
	pod_security.held with input as admission({"policies": ["a"], "held": ["a"]})
}

test_exempt if {
	pod_security.exempt with input as {"name": "kube-system", "declared": true}
	pod_security.exempt with input as {"name": "shop", "declared": false}
	not pod_security.exempt with input as {"name": "shop", "declared": true}
}

test_what_no_policy_keeps_out_is_admitted if {
	found := pod_security.admitted("root", "root") with input as topic("open", "")
	found.message == "Policies bound the namespace's pods (ClusterPolicy pods), but none keeps out root"
	not pod_security.admitted("root", "root") with input as topic("held", "x")
	not pod_security.admitted("root", "root") with input as object.union(topic("open", ""), {"name": "kube-system"})
}

test_what_is_not_worked_out_is_undecided if {
	by_policy := pod_security.undecided("root", "root") with input as topic("unknown", "ClusterPolicy pods")
	by_policy.message == "Whether ClusterPolicy pods keeps out root is not worked out"
	by_default := pod_security.undecided("root", "root") with input as topic("unknown", "")
	by_default.message == "Whether root are kept out is not known: no node"
	not pod_security.undecided("root", "root") with input as topic("held", "x")
}

test_what_is_a_fault_of_its_own_does_not_apply if {
	pod_security.not_applicable("root") with input as topic("general", "")
	not pod_security.not_applicable("root") with input as topic("open", "")
}
