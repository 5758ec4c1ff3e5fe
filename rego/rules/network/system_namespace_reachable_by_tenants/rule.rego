# METADATA
# title: Pods of tenants may connect to those of a system namespace
# description: >-
#   What runs in kube-system and the like serves the whole cluster and often trusts whoever connects from inside.
#   Tenants need its DNS, and hardly anything else.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/multi-tenancy/#network-isolation
# custom:
#   id: KA-N-0116
#   severity: high
#   over: namespace
#   snapshot_only: true
#   reads: [facts.tenancy.reached_by, facts.isolation.doubts]
#   remediation: >-
#     Add a policy to the namespace that admits DNS alone from everywhere, `podSelector: {matchLabels: {k8s-app:
#     kube-dns}}`, `ingress: [{ports: [{port: 53, protocol: UDP}, {port: 53, protocol: TCP}]}]`, one for each other
#     connection that is needed, and one with `podSelector: {}` and `policyTypes: [Ingress]`; or deny it for all
#     tenants with an AdminNetworkPolicy.
#   parameters:
#     keys:
#       default: [tenant, capsule.clastix.io/tenant, toolkit.fluxcd.io/tenant]
#       description: Labels that namespaces of tenants have.
#     namespaces:
#       default: [kube-system]
#       description: Namespaces that no tenant may reach; a `*` at the end stands for anything.
#     ports:
#       default: [UDP 53, TCP 53, UDP 5353, TCP 5353]
#       description: Ports that they may reach all the same.
package kubeassay.rules.network.system_namespace_reachable_by_tenants

import data.kubeassay.lib.exemption
import data.kubeassay.lib.isolation
import data.kubeassay.lib.tenancy

parameters := data.scan.parameters["network.system_namespace_reachable_by_tenants"]

fail contains finding if {
	isolation.certain("ingress", "closes")
	some cause in causes
	finding := tenancy.fault(cause, "Pods of tenants")
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

question := "Whether pods of tenants may connect to the namespace"

not_applicable contains finding if {
	not guarded
	finding := {"message": "The namespace is not one of the system's", "path": []}
}

guarded if exemption.listed(parameters.namespaces, input.name)

causes contains cause if {
	some found in reached
	some cause in found.causes
	not exempt(cause)
}

reached contains found if {
	guarded
	some key in parameters.keys
	found := input.facts.tenancy.reached_by[key]
	found.own == ""
}

exempt(cause) if exemption.ports_listed(parameters.ports, cause.ranges)
