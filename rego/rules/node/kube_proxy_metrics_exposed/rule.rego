# METADATA
# title: kube-proxy serves its metrics beyond its own node
# description: >-
#   Whoever reaches the port reads how the cluster's Services are forwarded and, with profiling, how the
#   process works inside; nobody is asked who they are.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/config-api/kube-proxy-config.v1alpha1/
# custom:
#   id: KA-H-0046
#   severity: medium
#   over: component
#   kinds: [kube-proxy]
#   reads: [facts.kube_proxy.metrics]
#   remediation: >-
#     Leave metricsBindAddress empty or set it to 127.0.0.1:10249 in kube-proxy's configuration, with kubeadm
#     config.conf of the ConfigMap kube-system/kube-proxy, and restart its pods; without a configuration
#     file drop --metrics-bind-address.
package kubeassay.rules.node.kube_proxy_metrics_exposed

metrics := input.facts.kube_proxy.metrics

fail contains finding if {
	metrics.address
	not is_loopback
	finding := {
		"message": sprintf("Metrics are served at %s by %s", [metrics.address, metrics.source]),
		"path": metrics.path,
	}
}

unknown contains finding if {
	finding := {
		"message": sprintf("Where kube-proxy serves its metrics is not known: %s", [metrics.unknown]),
		"path": metrics.path,
	}
}

is_loopback if metrics.host in {"localhost", "::1"}

is_loopback if regex.match(`^(::ffff:)?127(\.\d{1,3}){3}$`, metrics.host)
