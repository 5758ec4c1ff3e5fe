# METADATA
# title: Tiller, the server of Helm 2, can be reached
# description: >-
#   Tiller installs whatever it is asked to, usually as cluster administrator, and asks nobody who they
#   are. Its Service makes it reachable from every pod.
# scope: package
# related_resources:
#   - ref: https://helm.sh/docs/faq/changes_since_helm2/
# custom:
#   id: KA-N-0005
#   severity: critical
#   over: object
#   kinds: [Service]
#   reads: [facts.interfaces.is_tiller]
#   remediation: Delete the Service and move to Helm 3, which has no server.
package kubeassay.rules.network.service_tiller

fail contains finding if {
	input.facts.interfaces.is_tiller == true
	finding := {"message": "The Service makes Tiller reachable from every pod", "path": ["metadata", "name"]}
}
