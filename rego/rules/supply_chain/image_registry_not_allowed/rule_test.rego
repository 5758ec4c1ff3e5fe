package kubeassay.rules.supply_chain.image_registry_not_allowed_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.supply_chain.image_registry_not_allowed

given(allowed, denied) := {"supply_chain.image_registry_not_allowed": {"allowed": allowed, "denied": denied}}

fails(image, allowed, denied) := count(found) if {
	found := image_registry_not_allowed.fail with input as testing.pod(image)
		with data.scan.parameters as given(allowed, denied)
}

test_other_registry_fails if {
	fails("nginx", ["registry.example.com"], []) == 1
	fails("registry.example.com.evil.org/api", ["registry.example.com"], []) == 1
	fails("registry.example.com/team-evil/api", ["registry.example.com/team"], []) == 1
}

test_allowed_registry_passes if {
	fails("registry.example.com/api", ["registry.example.com"], []) == 0
	fails("nginx", ["registry.example.com", "docker.io/library"], []) == 0
}

test_denied_goes_before_allowed if {
	fails("nginx", [], ["docker.io"]) == 1
	fails("quay.io/team/api", [], ["docker.io"]) == 0
	fails("quay.io/team/api", ["quay.io"], ["quay.io/team"]) == 1
}

test_unknown_only_when_configured if {
	count(image_registry_not_allowed.unknown) == 1 with input as testing.pod("${IMAGE}")
		with data.scan.parameters as given(["quay.io"], [])
	count(image_registry_not_allowed.unknown) == 0 with input as testing.pod("${IMAGE}")
		with data.scan.parameters as given([], [])
}

test_nothing_configured_is_not_applicable if {
	fails("nginx", [], []) == 0
	count(image_registry_not_allowed.not_applicable) == 1 with input as testing.pod("nginx")
		with data.scan.parameters as given([], [])
	count(image_registry_not_allowed.not_applicable) == 0 with input as testing.pod("nginx")
		with data.scan.parameters as given([], ["docker.io"])
}
