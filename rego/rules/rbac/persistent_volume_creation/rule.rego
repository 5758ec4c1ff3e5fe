# METADATA
# title: ClusterRole allows creating PersistentVolumes
# description: >-
#   A PersistentVolume may be a folder of the node, which Pod Security does not look at: its creator reads and
#   writes the node's files.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/
# custom:
#   id: KA-R-0025
#   severity: high
#   over: object
#   kinds: [Role.rbac.authorization.k8s.io, ClusterRole.rbac.authorization.k8s.io]
#   reads: [aggregationRule, facts.bootstrap.origin, kind, metadata.name, rules]
#   remediation: Remove create on persistentvolumes; let a storage class provision them.
package kubeassay.rules.rbac.persistent_volume_creation

import data.kubeassay.lib.rbac

fail contains rbac.finding(grant, "creating PersistentVolumes") if {
	some grant in rbac.grants({"": {"persistentvolumes"}}, {"create"})
}

not_applicable contains reason if some reason in rbac.not_judged
