# METADATA
# title: StatefulSet names a Service that does not exist
# description: Its pods get no names of their own in DNS, by which they are meant to find each other.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-network-id
# custom:
#   id: KA-W-0311
#   severity: low
#   over: workload
#   kinds: [StatefulSet.apps]
#   snapshot_only: true
#   reads: [facts.references.governing_service]
#   tags: [reliability]
#   remediation: Create the headless Service, or correct serviceName.
package kubeassay.rules.workload.dangling_stateful_set_service

fail contains finding if {
	input.facts.references.governing_service.exists == false
	finding := {
		"message": "There is no Service {value} in the namespace",
		"path": ["spec", "serviceName"],
		"root": "object",
	}
}
