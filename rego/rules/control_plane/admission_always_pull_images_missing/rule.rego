# METADATA
# title: Images of a node serve every Pod on it
# description: >-
#   A Pod may use a private image that another Pod has brought to the node, without the credentials that its
#   registry asks for.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/
# custom:
#   id: KA-A-0110
#   severity: medium
#   over: component
#   kinds: [kube-apiserver]
#   reads: [facts.admission_plugins.enabled]
#   remediation: Add AlwaysPullImages to --enable-admission-plugins of kube-apiserver.
package kubeassay.rules.control_plane.admission_always_pull_images_missing

import data.kubeassay.lib.admission

fail contains finding if {
	admission.is_off("AlwaysPullImages")
	finding := {"message": "The admission plugin AlwaysPullImages is not on: an image that is on a node needs no credentials", "path": admission.enable}
}

unknown contains finding if some finding in admission.unclear
