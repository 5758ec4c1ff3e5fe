package kubeassay.rules.supply_chain.image_registry_deprecated_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.supply_chain.image_registry_deprecated

retired := {"k8s.gcr.io": "use registry.k8s.io", "docker.io/bitnami": "gone"}

fails(image) := count(found) if {
	found := image_registry_deprecated.fail with input as testing.pod(image)
		with data.scan.parameters as {"supply_chain.image_registry_deprecated": {"registries": retired}}
}

test_retired_registry_fails if {
	found := image_registry_deprecated.fail with input as testing.pod("k8s.gcr.io/pause:3.9")
		with data.scan.parameters as {"supply_chain.image_registry_deprecated": {"registries": retired}}
	found == {{
		"message": "{container} uses an image of k8s.gcr.io, which is no longer kept: use registry.k8s.io",
		"path": ["spec", "containers", 0, "image"],
	}}
}

test_retired_repository_fails if {
	fails("bitnami/redis:7.4") == 1
	fails("docker.io/bitnami/redis:7.4") == 1
}

test_others_pass if {
	every image in {"registry.k8s.io/pause:3.10", "bitnamisecure/redis:1", "redis:8", "mirror.example.com/bitnami/redis:7.4"} {
		fails(image) == 0
	}
}

test_placeholder_is_unknown if {
	count(image_registry_deprecated.unknown) == 1 with input as testing.pod("${IMAGE}")
}
