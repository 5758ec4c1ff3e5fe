package kubeassay.lib.component_test

import data.kubeassay.lib.component

parts(reference) := [component.parts(reference).repository, component.parts(reference).tag]

test_parts if {
	parts("grafana/grafana:9.2.1") == ["grafana/grafana", "9.2.1"]
	parts("grafana/grafana") == ["grafana/grafana", ""]
	parts("mirror.example.com:5000/grafana/grafana:9.2.1@sha256:0a") == ["mirror.example.com:5000/grafana/grafana", "9.2.1"]
	parts("mirror.example.com:5000/grafana/grafana@sha256:0a") == ["mirror.example.com:5000/grafana/grafana", ""]
}

test_is_named if {
	component.is_named({"repository": "grafana/grafana"}, "grafana/grafana")
	component.is_named({"repository": "mirror.example.com/grafana/grafana"}, "grafana/grafana")
	not component.is_named({"repository": "my-grafana/grafana"}, "grafana/grafana")
}

test_version if {
	component.version("v1.8.3") == [1, 8, 3]
	component.version("9.10.0-ubuntu") == [9, 10, 0]
	not component.version("latest")
	not component.version("9.2")
}

test_images if {
	found := component.images with input as {"containers": [
		{"path": ["spec", "containers", 0], "image": "a/b:1"},
		{"path": ["spec", "containers", 1]},
		{"path": ["spec", "containers", 2], "image": 5},
	]}
	found == {{"path": ["spec", "containers", 0, "image"], "repository": "a/b", "tag": "1"}}
}
