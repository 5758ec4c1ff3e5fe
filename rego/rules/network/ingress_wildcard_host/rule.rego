# METADATA
# title: Ingress answers for any host
# description: >-
#   It takes requests for names that are not its own, including those that other teams use later or that
#   point here by mistake.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/services-networking/ingress/#hostname-wildcards
# custom:
#   id: KA-N-0014
#   severity: low
#   over: object
#   kinds: [Ingress.networking.k8s.io, Ingress.extensions]
#   reads: [spec.rules]
#   remediation: Name each host that the Ingress serves.
package kubeassay.rules.network.ingress_wildcard_host

fail contains finding if {
	some i, rule in input.spec.rules
	startswith(rule.host, "*")
	finding := {
		"message": "The Ingress takes requests for every name below {value}",
		"path": ["spec", "rules", i, "host"],
	}
}

fail contains finding if {
	some i, rule in input.spec.rules
	is_object(rule)
	object.get(rule, "host", "") == ""
	finding := {
		"message": "The Ingress takes requests for every host",
		"path": ["spec", "rules", i, "host"],
	}
}
