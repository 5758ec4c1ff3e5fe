# METADATA
# title: Role allows changing ConfigMaps of the cluster itself
# description: >-
#   ConfigMaps in kube-system steer the cluster: coredns answers every name look-up, aws-auth says who is an
#   administrator, others configure kubelets and authentication.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/
# custom:
#   id: KA-R-0032
#   severity: high
#   over: object
#   kinds: [Role.rbac.authorization.k8s.io, ClusterRole.rbac.authorization.k8s.io]
#   reads: [aggregationRule, facts.bootstrap.origin, kind, metadata.name, metadata.namespace, rules]
#   remediation: >-
#     Grant the ConfigMaps of the needed namespace by a Role, or name the needed ones by resourceNames.
package kubeassay.rules.rbac.system_config_map_modification

import data.kubeassay.lib.rbac

fail contains rbac.finding(grant, "changing ConfigMaps in kube-system") if {
	reaches_system
	some grant in rbac.matching({"": {"configmaps"}}, rbac.modifying)
	steering(grant.names)
}

reaches_system if input.kind == "ClusterRole"

reaches_system if input.metadata.namespace == "kube-system"

steering(names) if count(names) == 0

steering(names) if {
	some name in names
	name in {
		"aws-auth",
		"coredns",
		"extension-apiserver-authentication",
		"kube-proxy",
		"kubeadm-config",
		"kubelet-config",
	}
}

not_applicable contains reason if some reason in rbac.not_judged
