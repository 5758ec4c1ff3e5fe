# METADATA
# title: Tiller, the server of Helm 2, is deployed
# description: >-
#   Tiller does whatever anybody who reaches its port asks for, usually with the rights of a cluster
#   administrator. Helm 2 has had no fixes since November 2020.
# scope: package
# related_resources:
#   - ref: https://helm.sh/docs/topics/v2_v3_migration/
# custom:
#   id: KA-W-0058
#   severity: critical
#   over: workload
#   reads: [facts.images.components]
#   remediation: Move the releases to Helm 3 or newer, and delete the Deployment and the Service of Tiller.
package kubeassay.rules.workload.tiller_deployed

import data.kubeassay.lib.component

fail contains finding if {
	some image in input.facts.images.components
	component.is_named(image, "tiller")
	finding := {"message": "{container} is Tiller", "path": image.path}
}
