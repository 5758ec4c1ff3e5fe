# METADATA
# title: Load balancer lets everyone in
# description: >-
#   Without source ranges, and unless the provider is told to keep it internal, a load balancer takes
#   connections from the whole internet.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/services-networking/service/#loadbalancer
# custom:
#   id: KA-N-0003
#   severity: medium
#   over: object
#   kinds: [Service]
#   reads: [spec.type, spec.loadBalancerClass, spec.loadBalancerSourceRanges, metadata.annotations]
#   remediation: >-
#     List the addresses that may connect in loadBalancerSourceRanges, or make the load balancer internal by
#     your provider's annotation.
package kubeassay.rules.network.service_load_balancer_open

import data.kubeassay.lib.load_balancer

fail contains finding if {
	input.spec.type == "LoadBalancer"
	not load_balancer.private
	some i, range in input.spec.loadBalancerSourceRanges
	range in load_balancer.everywhere
	finding := {
		"message": "The load balancer takes connections from {value}",
		"path": ["spec", "loadBalancerSourceRanges", i],
	}
}

fail contains finding if {
	input.spec.type == "LoadBalancer"
	not load_balancer.private
	not load_balancer.restricted
	not ranges_given
	finding := {
		"message": "The load balancer takes connections from everywhere: it has no source ranges",
		"path": ["spec", "type"],
	}
}

ranges_given if some _ in input.spec.loadBalancerSourceRanges
