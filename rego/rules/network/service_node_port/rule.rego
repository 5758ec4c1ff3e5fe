# METADATA
# title: Service opens a port on every node
# description: >-
#   Whoever reaches any node reaches the Service, past the firewall rules, load balancer and TLS
#   termination that guard the other ways in.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport
# custom:
#   id: KA-N-0002
#   severity: medium
#   over: object
#   kinds: [Service]
#   reads: [spec.type]
#   remediation: Use type ClusterIP behind an Ingress or a Gateway, or a load balancer with source ranges.
package kubeassay.rules.network.service_node_port

fail contains finding if {
	input.spec.type == "NodePort"
	finding := {"message": "The Service is open on a port of every node", "path": ["spec", "type"]}
}
