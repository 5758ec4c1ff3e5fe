# METADATA
# title: Administrative interface is open to the outside
# description: >-
#   Interfaces such as these run jobs, change the cluster or show its data, and by default ask for no
#   login: attackers look for them and take over clusters with nothing else.
# scope: package
# related_resources:
#   - ref: https://www.microsoft.com/en-us/security/blog/2021/03/23/secure-containerized-environments-with-updated-threat-matrix-for-kubernetes/
# custom:
#   id: KA-N-0009
#   severity: high
#   over: object
#   kinds:
#     - Service
#     - Ingress.networking.k8s.io
#     - Ingress.extensions
#     - Route.route.openshift.io
#     - HTTPRoute.gateway.networking.k8s.io
#     - TLSRoute.gateway.networking.k8s.io
#     - TCPRoute.gateway.networking.k8s.io
#   reads:
#     - metadata.annotations
#     - spec.type
#     - spec.loadBalancerClass
#     - spec.externalIPs
#     - facts.interfaces.behind
#     - facts.interfaces.routed
#   remediation: >-
#     Keep the interface inside the cluster (kubectl port-forward, a VPN), or put an authenticating proxy
#     before it.
package kubeassay.rules.network.sensitive_interface_exposed

import data.kubeassay.lib.load_balancer

fail contains finding if {
	input.facts.interfaces.behind != ""
	finding := {
		"message": sprintf("%s is open to the outside of the cluster", [input.facts.interfaces.behind]),
		"path": ["spec", way_in],
	}
}

fail contains finding if {
	not authenticated
	some interface in input.facts.interfaces.routed
	finding := {
		"message": sprintf("%s is open to the outside by the Service %s", [interface.program, interface.service]),
		"path": interface.path,
	}
}

way_in := "type" if {
	input.spec.type == "NodePort"
} else := "type" if {
	input.spec.type == "LoadBalancer"
	not load_balancer.private
} else := "externalIPs" if {
	some _ in input.spec.externalIPs
}

authenticated if {
	some name in {"auth-type", "auth-url", "auth-tls-secret"}
	input.metadata.annotations[concat("", ["nginx.ingress.kubernetes.io/", name])]
}
