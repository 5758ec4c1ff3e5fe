# METADATA
# title: Ingress smuggles configuration into nginx
# description: >-
#   The value breaks out of the directive that ingress-nginx writes it into. In vulnerable versions this
#   runs code in the controller, which reads the Secrets of every namespace (CVE-2025-1097, CVE-2025-1098,
#   CVE-2025-24514, CVE-2026-1580, CVE-2026-24512, CVE-2026-3288).
# scope: package
# related_resources:
#   - ref: https://github.com/kubernetes/kubernetes/issues/131007
#   - ref: https://github.com/kubernetes/kubernetes/issues/136678
# custom:
#   id: KA-N-0016
#   severity: critical
#   over: object
#   kinds: [Ingress.networking.k8s.io, Ingress.extensions]
#   reads: [metadata.annotations, spec.rules]
#   remediation: Remove the value, find out who wrote it, and upgrade or replace the controller.
package kubeassay.rules.network.ingress_nginx_injection

import data.kubeassay.lib.ingress

fail contains finding if {
	some name in {
		"auth-method",
		"auth-tls-match-cn",
		"auth-url",
		"mirror-host",
		"mirror-target",
		"rewrite-target",
	}
	regex.match(`[;\r\n]`, ingress.nginx(name))
	finding := {
		"message": sprintf("The annotation %s ends its directive and starts another", [name]),
		"path": ["metadata", "annotations", concat("", ["nginx.ingress.kubernetes.io/", name])],
	}
}

fail contains finding if {
	some i, rule in input.spec.rules
	some j, entry in rule.http.paths
	regex.match(`[\r\n]|;\s|;.*}`, entry.path)
	finding := {
		"message": "The path ends its directive and starts another",
		"path": ["spec", "rules", i, "http", "paths", j, "path"],
	}
}
