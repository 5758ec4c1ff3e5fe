package kubeassay.lib.image_test

import data.kubeassay.lib.image

sha256 := "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

sha512 := concat("", ["sha512:", hex(128)])

hex(length) := concat("", [digit | some _ in numbers.range(1, length); digit := "a"])

# reference → registry, repository, tag, digest
references := {
	"nginx": ["docker.io", "library/nginx", "", ""],
	"nginx:1.29": ["docker.io", "library/nginx", "1.29", ""],
	"grafana/grafana:13.1.3": ["docker.io", "grafana/grafana", "13.1.3", ""],
	"my_team/app": ["docker.io", "my_team/app", "", ""],
	"a/b/c": ["docker.io", "a/b/c", "", ""],
	"app.web:1": ["docker.io", "library/app.web", "1", ""],
	"docker.io/nginx": ["docker.io", "library/nginx", "", ""],
	"docker.io/library/nginx": ["docker.io", "library/nginx", "", ""],
	"index.docker.io/nginx:1": ["docker.io", "library/nginx", "1", ""],
	"localhost/app": ["localhost", "app", "", ""],
	"localhost:5000": ["docker.io", "library/localhost", "5000", ""],
	"localhost:5000/app:dev": ["localhost:5000", "app", "dev", ""],
	"registry:5000/app": ["registry:5000", "app", "", ""],
	"registry.example.com/app": ["registry.example.com", "app", "", ""],
	"registry.example.com:5000/team/sub/app:v1.2-rc.1": [
		"registry.example.com:5000", "team/sub/app",
		"v1.2-rc.1", "",
	],
	"Registry.Example.COM/app:RC1": ["registry.example.com", "app", "RC1", ""],
	"HOST/app:1": ["host", "app", "1", ""],
	"10.0.0.1/app": ["10.0.0.1", "app", "", ""],
	"[2001:db8::1]/app:1": ["[2001:db8::1]", "app", "1", ""],
	"[2001:db8::1]:5000/app": ["[2001:db8::1]:5000", "app", "", ""],
	"k8s--ns/a__b.c-d:_": ["docker.io", "k8s--ns/a__b.c-d", "_", ""],
	concat("@", ["nginx", sha256]): ["docker.io", "library/nginx", "", sha256],
	concat("@", ["nginx:1.29", sha256]): ["docker.io", "library/nginx", "1.29", sha256],
	concat("@", ["r.example.com:5000/app", sha512]): ["r.example.com:5000", "app", "", sha512],
}

test_parse_reads_every_part if {
	every reference, parts in references {
		[registry, repository, tag, digest] := parts
		found := image.parse(reference)
		found == {"registry": registry, "repository": repository, "tag": tag, "digest": digest}
	}
}

malformed := {
	"Nginx",
	"library/Nginx:1",
	"registry.example.com/Team/app:1",
	"my_registry.example.com/app:1",
	"https://registry.example.com/app:1",
	"registry.example.com//app",
	"registry.example.com/app/",
	"/app",
	"app:",
	"app:1:2",
	"app:-1",
	"app@",
	"app@sha256:abc",
	"app@md5:d41d8cd98f00b204e9800998ecf8427e",
	"app___web",
	"app..web",
	"-app",
	"app-",
	"registry.example.com:port/app",
	"-registry.example.com/app",
	"app:1 ",
	" app:1",
	"app web",
	"app:1\n",
	"café:1",
	concat("", ["app@", upper(sha256)]),
	concat("", ["app:", hex(129)]),
	concat("", ["registry.example.com/", hex(256)]),
	hex(64),
}

test_parse_refuses_what_runtimes_refuse if {
	every reference in malformed {
		not image.parse(reference)
		image.resolve(reference) == {"unclear": "the image reference is malformed"}
	}
}

test_parse_takes_the_longest_tag_and_repository if {
	image.parse(concat("", ["app:", hex(128)]))
	image.parse(concat("", ["registry.example.com/", hex(255)]))
}

test_placeholders_are_unclear_and_not_malformed if {
	every reference in {
		"${IMAGE}",
		"$(params.image)",
		"{{ .Values.image }}",
		"{{inputs.parameters.image}}",
		"registry.example.com/app:${TAG}",
		"<registry>/app:1",
		"registry.example.com/app:%TAG%",
		"ko://example.com/cmd/app",
		"IMAGE",
		"APP_IMAGE:latest",
		"__IMAGE__",
	} {
		contains(image.resolve(reference).unclear, "placeholder")
	}
	contains(image.resolve("auto").unclear, "service mesh")
	contains(image.resolve(" ").unclear, "no image is named")
	contains(image.resolve("").unclear, "no image is named")
	contains(image.resolve(7).unclear, "not a string")
}

pod := {
	"containers": [
		{"path": ["spec", "containers", 0], "image": "app:1"},
		{"path": ["spec", "containers", 1]},
		{"path": ["spec", "containers", 2], "image": "App"},
	],
	"spec": {"volumes": [
		{"name": "tmp", "emptyDir": {}},
		{"name": "model", "image": {"reference": "registry.example.com/model:2"}},
		{"image": {}},
		"broken",
	]},
}

test_used_has_containers_and_image_volumes if {
	found := image.used with input as pod
	found == {
		{
			"user": "{container}", "path": ["spec", "containers", 0, "image"],
			"registry": "docker.io", "repository": "library/app", "tag": "1", "digest": "",
		},
		{
			"user": "Volume \"model\"", "path": ["spec", "volumes", 1, "image", "reference"],
			"registry": "registry.example.com", "repository": "model", "tag": "2", "digest": "",
		},
	}
}

test_undecided_has_the_rest if {
	found := image.undecided with input as pod
	{finding.path | some finding in found} == {
		["spec", "containers", 1, "image"],
		["spec", "containers", 2, "image"],
		["spec", "volumes", 2, "image", "reference"],
	}
	"Volume \"2\": no image is named, something else must fill it in" in {m.message | some m in found}
}

test_volumes_that_are_no_list_name_no_image if {
	every volumes in [null, "tmp", {"image": 7}] {
		count(image.used) == 0 with input as {"containers": [], "spec": {"volumes": volumes}}
	}
}

test_malformed_leaves_out_what_is_missing if {
	found := image.malformed with input as pod
	{i.path | some i in found} == {["spec", "containers", 2, "image"]}
}

# entry, reference, covered
entries := [
	["registry.example.com", "registry.example.com/app:1", true],
	["registry.example.com/", "registry.example.com/team/app", true],
	["registry.example.com", "registry.example.com.evil.org/app", false],
	["registry.example.com", "registry.example.com:5000/app", false],
	["registry.example.com:5000", "registry.example.com:5000/app", true],
	["Registry.Example.com", "registry.example.com/app", true],
	["registry.example.com/team", "registry.example.com/team/app", true],
	["registry.example.com/team", "registry.example.com/team", true],
	["registry.example.com/team", "registry.example.com/team-evil/app", false],
	["registry.example.com/team", "registry.example.com/other/team/app", false],
	["docker.io", "nginx", true],
	["docker.io/library", "nginx", true],
	["docker.io/library", "grafana/grafana", false],
	["index.docker.io/grafana", "grafana/grafana", true],
	["nginx", "nginx:1", true],
	["nginx", "nginx/evil", false],
	["grafana/grafana", "docker.io/grafana/grafana", true],
	["localhost", "localhost/app", true],
	["*.azurecr.io", "shop.azurecr.io/app", true],
	["*.azurecr.io", "azurecr.io/app", false],
	["*.azurecr.io", "a.b.azurecr.io/app", false],
	["*.azurecr.io", "shop.azurecr.io.evil.org/app", false],
	["*.dkr.ecr.*.amazonaws.com/shop", "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/app", true],
	["*.dkr.ecr.*.amazonaws.com/shop", "123456789012.dkr.ecr.eu-west-1.amazonaws.com/other", false],
]

test_covers_compares_part_by_part if {
	every entry in entries {
		[prefix, reference, covered] := entry
		count([1 | image.covers(prefix, image.parse(reference))]) == count([1 | covered])
	}
}

moving(tag) if {
	image.is_moving_tag(tag) with data.scan.parameters as {"supply_chain.image_tag_mutable": {"names": ["latest", "HEAD"]}}
}

test_moving_tags_are_the_names_and_variants_of_latest if {
	every tag in {"latest", "LATEST", "latest-alpine", "1-latest", "head"} {
		moving(tag)
	}
	every tag in {"", "1.2.3", "headless", "latestest", "main"} {
		not moving(tag)
	}
}
