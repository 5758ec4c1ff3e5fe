package kubeassay.lib.component_test

import data.kubeassay.lib.component

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
