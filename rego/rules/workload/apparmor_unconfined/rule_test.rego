package kubeassay.rules.workload.apparmor_unconfined_test

import data.kubeassay.rules.workload.apparmor_unconfined

faults(subject) := found if {
	found := {finding.path | some finding in apparmor_unconfined.fail} with input as subject
}

in_container(profile) := {"containers": [{
	"path": ["spec", "containers", 0],
	"securityContext": {"appArmorProfile": profile},
}]}

annotated(profile) := {"facts": {"profiles": {"apparmor": {
	"container.apparmor.security.beta.kubernetes.io/api": profile,
}}}}

test_other_profiles_fail if {
	every profile in [{"type": "Unconfined"}, {"type": ""}, {"type": null}, {}] {
		faults(in_container(profile)) == {["spec", "containers", 0, "securityContext", "appArmorProfile", "type"]}
	}
}

test_confining_profiles_pass if {
	every profile in [{"type": "RuntimeDefault"}, {"type": "Localhost"}, null] {
		faults(in_container(profile)) == set()
	}
}

test_profile_of_the_pod_fails if {
	faults({"spec": {"securityContext": {"appArmorProfile": {"type": "Unconfined"}}}}) == {[
		"spec", "securityContext",
		"appArmorProfile", "type",
	]}
}

test_annotations if {
	found := apparmor_unconfined.fail with input as annotated("unconfined")
	found == {{
		"message": `AppArmor profile of container "api" is "{value}"`,
		"path": ["metadata", "annotations", "container.apparmor.security.beta.kubernetes.io/api"],
	}}
	every profile in ["", "runtime/default", "localhost/api"] {
		faults(annotated(profile)) == set()
	}
	count(faults(annotated("localhost"))) == 1
}
