# METADATA
# title: Tiller, the server of Helm 2, is deployed
# description: >-
#   Tiller installs whatever it is asked to, usually as cluster administrator, and has had no fixes since
#   Helm 2 ended in 2020.
# scope: package
# related_resources:
#   - ref: https://helm.sh/blog/helm-v2-deprecation-timeline/
# custom:
#   id: KA-N-0006
#   severity: critical
#   over: workload
#   reads: [containers.image]
#   remediation: Remove Tiller and move to Helm 3, which has no server.
package kubeassay.rules.network.tiller_deployed

fail contains finding if {
	some container in input.containers
	regex.match(`(^|/)tiller(:|@|$)`, container.image)
	finding := {
		"message": "{container} is Tiller, which installs anything for anyone",
		"path": array.concat(container.path, ["image"]),
	}
}
