package kubeassay.rules.workload.vulnerable_component_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.workload.vulnerable_component

judged(image) := [fails, unknown] if {
	containers := testing.pod(image)
	fails := {finding.message | some finding in vulnerable_component.fail} with input as containers
	unknown := count(vulnerable_component.unknown) with input as containers
}

test_message_names_the_hole_and_the_fix if {
	judged("grafana/grafana:9.2.3") == [{"Grafana lets attackers act as other users (CVE-2022-39328); fixed in 9.2.4"}, 0]
}

test_vulnerable_versions_fail if {
	every image in {
		"docker.io/grafana/grafana-oss:8.2.6-ubuntu",
		"ghcr.io/kyverno/kyverno:v1.8.4",
		"quay.io/argoproj/argocd:v2.1.8",
		"quay.io/argoproj/argocd:v2.2.3",
		"registry.k8s.io/ingress-nginx/controller:v1.9.6@sha256:ab",
		"registry.k8s.io/ingress-nginx/controller:v1.11.4",
		"registry.k8s.io/ingress-nginx/controller:v1.12.0",
		"quay.io/kubernetes-ingress-controller/nginx-ingress-controller:0.33.0",
		"k8s.gcr.io/kubernetes-dashboard-amd64:v1.10.0",
	} {
		count(judged(image)[0]) == 1
	}
}

test_fixed_versions_and_other_images_pass if {
	every image in {
		"grafana/grafana:9.2.4",
		"grafana/grafana:10.0.0",
		"ghcr.io/kyverno/kyverno:v1.8.2",
		"quay.io/argoproj/argocd:v2.1.9",
		"registry.k8s.io/ingress-nginx/controller:v1.11.5",
		"registry.k8s.io/ingress-nginx/controller:v1.12.1",
		"registry.example.com/grafana:9.2.0",
	} {
		judged(image) == [set(), 0]
	}
}

test_tags_that_tell_no_version_are_unknown if {
	judged("grafana/grafana:latest") == [set(), 1]
	judged("ghcr.io/kyverno/kyverno@sha256:ab") == [set(), 1]
}
