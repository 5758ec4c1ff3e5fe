# METADATA
# title: Kubelets may change other nodes
# description: >-
#   A stolen credential of a kubelet can label and change every Node and Pod, and so draw workloads to
#   itself.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/
# custom:
#   id: KA-A-0113
#   severity: high
#   over: component
#   kinds: [kube-apiserver]
#   reads: [facts.admission_plugins.enabled]
#   remediation: Add NodeRestriction to --enable-admission-plugins of kube-apiserver.
package kubeassay.rules.control_plane.node_restriction_missing

import data.kubeassay.lib.admission

fail contains finding if {
	admission.is_off("NodeRestriction")
	finding := {"message": "The admission plugin NodeRestriction is not on: kubelets may change what belongs to other nodes", "path": admission.enable}
}

unknown contains finding if some finding in admission.unclear
