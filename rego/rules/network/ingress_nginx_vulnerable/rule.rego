# METADATA
# title: ingress-nginx lets every pod run code in it
# description: >-
#   Whoever reaches the controller's admission webhook, by default every pod, runs code in the controller
#   and reads the Secrets of every namespace (CVE-2025-1974, fixed in 1.11.5 and 1.12.1).
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/blog/2025/03/24/ingress-nginx-cve-2025-1974/
# custom:
#   id: KA-N-0018
#   severity: critical
#   over: workload
#   reads: [containers.image]
#   remediation: Replace the controller, or upgrade to 1.15.1 until you can.
package kubeassay.rules.network.ingress_nginx_vulnerable

import data.kubeassay.lib.ingress_nginx

fail contains finding if {
	some container in input.containers
	ingress_nginx.controller(container.image)
	ingress_nginx.remote_code_execution(container.image)
	finding := {
		"message": sprintf("ingress-nginx %s runs code of any pod that reaches its webhook", [version(container.image)]),
		"path": array.concat(container.path, ["image"]),
	}
}

unknown contains finding if {
	some container in input.containers
	ingress_nginx.controller(container.image)
	not ingress_nginx.version(container.image)
	finding := {
		"message": "The image does not tell its version, and so not whether it has CVE-2025-1974",
		"path": array.concat(container.path, ["image"]),
	}
}

version(image) := concat(".", [format_int(number, 10) | some number in ingress_nginx.version(image)])
