# METADATA
# title: Ingress serves plain HTTP
# description: >-
#   Everyone on the way between client and controller can read and change what is sent, sessions and
#   passwords among it.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/services-networking/ingress/#tls
# custom:
#   id: KA-N-0010
#   severity: medium
#   over: object
#   kinds: [Ingress.networking.k8s.io, Ingress.extensions]
#   reads: [metadata.annotations, spec.tls, spec.rules]
#   remediation: Name the host and a Secret with its certificate in spec.tls.
package kubeassay.rules.network.ingress_tls_missing

import data.kubeassay.lib.ingress

fail contains finding if {
	not ingress.own_certificate
	not ingress.annotated_certificate
	finding := {"message": "The Ingress has no TLS: clients connect in plain text", "path": ["spec", "tls"]}
}

fail contains finding if {
	ingress.own_certificate
	not ingress.annotated_certificate
	some i, rule in input.spec.rules
	host := rule.host
	not covered(host)
	finding := {
		"message": "The host {value} is in no TLS entry of the Ingress",
		"path": ["spec", "rules", i, "host"],
	}
}

# an entry without hosts is the certificate for all of them
covered(_) if {
	some entry in input.spec.tls
	not lists_hosts(entry)
}

covered(host) if {
	some entry in input.spec.tls
	some listed in entry.hosts
	matches(listed, host)
}

lists_hosts(entry) if some _ in entry.hosts

matches(listed, host) if listed == host

matches(listed, host) if {
	startswith(listed, "*.")
	endswith(host, substring(listed, 1, -1))
	not contains(trim_suffix(host, substring(listed, 1, -1)), ".")
}
