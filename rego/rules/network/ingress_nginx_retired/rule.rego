# METADATA
# title: ingress-nginx has no maintainers any more
# description: >-
#   The Kubernetes project retired the controller in March 2026: holes found since stay open, in the
#   program that every request from outside goes through.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/blog/2025/11/11/ingress-nginx-retirement/
# custom:
#   id: KA-N-0019
#   severity: medium
#   over: workload
#   reads: [containers.image]
#   remediation: Move to the Gateway API or to an Ingress controller that is maintained.
package kubeassay.rules.network.ingress_nginx_retired

import data.kubeassay.lib.ingress_nginx

fail contains finding if {
	some container in input.containers
	ingress_nginx.controller(container.image)
	not ingress_nginx.remote_code_execution(container.image)
	finding := {
		"message": "{container} is ingress-nginx, which gets no fixes any more",
		"path": array.concat(container.path, ["image"]),
	}
}
