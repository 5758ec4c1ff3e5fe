package kubeassay.lib.pod_security_test

import data.kubeassay.lib.pod_security

labelled(level) := {"labels": {"pod-security.kubernetes.io/enforce": level}}

policies(level) := {"facts": {"pod_policies": {"covering": [{"name": "ClusterPolicy pods", "level": level}]}}}

test_enforced if {
	pod_security.enforced == "baseline" with input as labelled("baseline")
	pod_security.enforced == "privileged" with input as {}
	pod_security.enforced == "restricted" with input as labelled("Baseline")
}

test_held_by_policy if {
	pod_security.held_by_policy("baseline") with input as policies("restricted")
	not pod_security.held_by_policy("restricted") with input as policies("baseline")
	not pod_security.held_by_policy("baseline") with input as policies("")
}

test_exempt if {
	pod_security.exempt with input as {"name": "kube-system", "declared": true}
	pod_security.exempt with input as {"name": "shop", "declared": false}
	not pod_security.exempt with input as {"name": "shop", "declared": true}
}
