# METADATA
# title: Pods of one tenant may connect to those of another
# description: >-
#   Labels of namespaces say that they belong to different tenants, and network policies let pods of one connect to
#   pods of the other: whoever runs code as the one attacks the other from inside.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/multi-tenancy/#network-isolation
# custom:
#   id: KA-N-0117
#   severity: high
#   over: namespace
#   snapshot_only: true
#   reads: [facts.tenancy.reached_by, facts.isolation.doubts]
#   remediation: >-
#     Add to each namespace of tenants a policy that admits its own tenant alone: `podSelector: {}`, `policyTypes:
#     [Ingress]`, `ingress: [{from: [{namespaceSelector: {matchLabels: {tenant: a}}}]}]`; or for the whole cluster
#     an AdminNetworkPolicy with `action: Deny` from the namespaces of others.
#   parameters:
#     keys:
#       default: [tenant, capsule.clastix.io/tenant, toolkit.fluxcd.io/tenant]
#       description: Labels of namespaces whose values tell tenants apart.
#     namespaces:
#       default: []
#       description: Namespaces of tenants that others may connect to; a `*` at the end stands for anything.
#     ports:
#       default: []
#       description: Ports that tenants may open to each other, such as `TCP 443`.
package kubeassay.rules.network.cross_tenant_reachability

import data.kubeassay.lib.exemption
import data.kubeassay.lib.isolation
import data.kubeassay.lib.tenancy

parameters := data.scan.parameters["network.cross_tenant_reachability"]

fail contains finding if {
	isolation.certain("ingress", "closes")
	some cause in causes
	finding := tenancy.fault(cause, "Pods of other tenants")
}

unknown contains finding if {
	count(causes) > 0
	some finding in isolation.unclear("ingress", "closes", question)
}

unknown contains finding if {
	count(reached) > 0
	count(causes) == 0
	some finding in isolation.unclear("ingress", "opens", question)
}

question := "Whether pods of other tenants may connect to the namespace"

causes contains cause if {
	some found in reached
	some cause in found.causes
	not exempt(cause)
}

reached contains found if {
	some key in parameters.keys
	found := input.facts.tenancy.reached_by[key]
	found.own != ""
}

exempt(_) if exemption.listed(parameters.namespaces, input.name)

exempt(cause) if exemption.ports_listed(parameters.ports, cause.ranges)
