package kubeassay.lib.image_test

import data.kubeassay.lib.image

images := [
	{"user": "{container}", "path": ["spec", "containers", 0, "image"], "tag": "1", "pinned": false},
	{"user": "{container}", "path": ["spec", "containers", 1, "image"], "unclear": "the image reference is malformed"},
	{"user": "Volume \"2\"", "path": ["spec", "volumes", 2, "image", "reference"], "unclear": "no image is named"},
]

test_undecided_has_what_is_unclear if {
	found := image.undecided(images)
	{finding.path | some finding in found} == {
		["spec", "containers", 1, "image"],
		["spec", "volumes", 2, "image", "reference"],
	}
	"Volume \"2\": no image is named" in {finding.message | some finding in found}
}

test_malformed_leaves_out_what_is_missing if {
	{found.path | some found in image.malformed(images)} == {["spec", "containers", 1, "image"]}
}

# entry, registry, repository, covered
entries := [
	["registry.example.com", "registry.example.com", "app", true],
	["registry.example.com/", "registry.example.com", "team/app", true],
	["registry.example.com", "registry.example.com.evil.org", "app", false],
	["registry.example.com", "registry.example.com:5000", "app", false],
	["registry.example.com:5000", "registry.example.com:5000", "app", true],
	["Registry.Example.com", "registry.example.com", "app", true],
	["registry.example.com/team", "registry.example.com", "team/app", true],
	["registry.example.com/team", "registry.example.com", "team", true],
	["registry.example.com/team", "registry.example.com", "team-evil/app", false],
	["registry.example.com/team", "registry.example.com", "other/team/app", false],
	["docker.io", "docker.io", "library/nginx", true],
	["docker.io/library", "docker.io", "library/nginx", true],
	["docker.io/library", "docker.io", "grafana/grafana", false],
	["index.docker.io/grafana", "docker.io", "grafana/grafana", true],
	["nginx", "docker.io", "library/nginx", true],
	["nginx", "docker.io", "nginx/evil", false],
	["grafana/grafana", "docker.io", "grafana/grafana", true],
	["localhost", "localhost", "app", true],
	["*.azurecr.io", "shop.azurecr.io", "app", true],
	["*.azurecr.io", "azurecr.io", "app", false],
	["*.azurecr.io", "a.b.azurecr.io", "app", false],
	["*.azurecr.io", "shop.azurecr.io.evil.org", "app", false],
	["*.dkr.ecr.*.amazonaws.com/shop", "123456789012.dkr.ecr.eu-west-1.amazonaws.com", "shop/app", true],
	["*.dkr.ecr.*.amazonaws.com/shop", "123456789012.dkr.ecr.eu-west-1.amazonaws.com", "other", false],
]

test_covers_compares_part_by_part if {
	every entry in entries {
		[prefix, registry, repository, covered] := entry
		named := {"registry": registry, "repository": repository}
		count([1 | image.covers(prefix, named)]) == count([1 | covered])
	}
}

moving(tag) if {
	image.is_moving_tag(tag) with data.scan.parameters as {"supply_chain.image_tag_mutable": {"names": ["latest", "head"]}}
}

test_moving_tags_are_the_names_and_variants_of_latest if {
	every tag in {"latest", "LATEST", "latest-alpine", "1-latest", "head"} {
		moving(tag)
	}
	every tag in {"", "1.2.3", "headless", "latestest", "main"} {
		not moving(tag)
	}
}
