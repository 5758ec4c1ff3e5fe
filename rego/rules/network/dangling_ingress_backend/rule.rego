# METADATA
# title: Ingress sends traffic to a Service that does not exist
# description: >-
#   Clients get an error. Whoever may create a Service of that name in the namespace gets the traffic of
#   the host.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/services-networking/ingress/#the-ingress-resource
# custom:
#   id: KA-N-0042
#   severity: medium
#   over: object
#   kinds: [Ingress.networking.k8s.io, Ingress.extensions, Route.route.openshift.io]
#   snapshot_only: true
#   reads: [facts.routes.missing_services]
#   remediation: Correct the name of the Service, or remove the path.
package kubeassay.rules.network.dangling_ingress_backend

fail contains finding if {
	some missing in input.facts.routes.missing_services
	finding := {"message": "There is no Service {value} in the namespace", "path": missing.path}
}
