# METADATA
# title: Service claims external addresses
# description: >-
#   Every node sends traffic for these addresses to the Service, whoever owns them, so a Service can take
#   over connections from pods and nodes to any address (CVE-2020-8554, which has no fix).
# scope: package
# related_resources:
#   - ref: https://github.com/kubernetes/kubernetes/issues/97076
# custom:
#   id: KA-N-0001
#   severity: high
#   over: object
#   kinds: [Service]
#   reads: [spec.externalIPs]
#   remediation: >-
#     Remove externalIPs and use a load balancer, an Ingress or a Gateway; refuse the field with the
#     admission plugin DenyServiceExternalIPs.
package kubeassay.rules.network.service_external_ips

fail contains finding if {
	some i, address in input.spec.externalIPs
	finding := {
		"message": sprintf("The Service takes the traffic of nodes and pods to %v", [address]),
		"path": ["spec", "externalIPs", i],
	}
}
