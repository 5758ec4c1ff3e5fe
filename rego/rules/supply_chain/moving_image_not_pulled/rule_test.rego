package kubeassay.rules.supply_chain.moving_image_not_pulled_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.supply_chain.moving_image_not_pulled

names := {"supply_chain.image_tag_mutable": {"names": ["latest", "stable"]}}

fails(container) := count(found) if {
	found := moving_image_not_pulled.fail with input as pod(container)
		with data.scan.parameters as names
}

pod(container) := object.union(
	{"containers": [object.union({"path": ["spec", "containers", 0]}, object.remove(container, ["image"]))]},
	testing.pod(container.image),
)

test_moving_tag_that_is_not_pulled_fails if {
	found := moving_image_not_pulled.fail with data.scan.parameters as names
		with input as pod({"image": "api:latest", "imagePullPolicy": "IfNotPresent"})
	found == {{
		"message": "{container} uses a moving image with the pull policy IfNotPresent",
		"path": ["spec", "containers", 0, "imagePullPolicy"],
	}}
	fails({"image": "api", "imagePullPolicy": "Never"}) == 1
}

test_default_is_always_for_latest_alone if {
	fails({"image": "api"}) == 0
	fails({"image": "api:latest"}) == 0
	fails({"image": "api:stable"}) == 1
}

test_always_passes if {
	fails({"image": "api:stable", "imagePullPolicy": "Always"}) == 0
}

test_fixed_image_passes if {
	digest := "api:latest@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
	fails({"image": "api:1", "imagePullPolicy": "Never"}) == 0
	fails({"image": digest, "imagePullPolicy": "IfNotPresent"}) == 0
}

test_image_volume_has_its_own_policy if {
	found := moving_image_not_pulled.fail with data.scan.parameters as names
		with input as {
			"containers": [],
			"spec": {"volumes": [{"image": {"pullPolicy": "Always"}}, {"image": {}}]},
			"facts": {"images": {"pins": [
				{"user": "Volume", "path": ["spec", "volumes", 0, "image", "reference"], "tag": "stable", "pinned": false},
				{"user": "Volume", "path": ["spec", "volumes", 1, "image", "reference"], "tag": "stable", "pinned": false},
			]}},
		}
	{finding.path | some finding in found} == {["spec", "volumes", 1, "image", "pullPolicy"]}
}

test_placeholder_is_unknown_unless_always_pulled if {
	count(moving_image_not_pulled.unknown) == 1 with input as pod({"image": "${IMAGE}"})
	count(moving_image_not_pulled.unknown) == 0 with input as pod({"image": "${IMAGE}", "imagePullPolicy": "Always"})
}
