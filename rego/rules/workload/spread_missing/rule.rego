# METADATA
# title: Nothing spreads the replicas over nodes
# description: >-
#   The scheduler tries to spread replicas over nodes and zones by itself, but gives that up for other
#   reasons. Without a constraint one node that fails may take all of them.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/
# custom:
#   id: KA-W-0111
#   severity: info
#   over: workload
#   kinds:
#     - ReplicationController
#     - Deployment.apps
#     - ReplicaSet.apps
#     - StatefulSet.apps
#     - DeploymentConfig.apps.openshift.io
#     - Rollout.argoproj.io
#     - CloneSet.apps.kruise.io
#   reads: [spec.affinity, spec.topologySpreadConstraints, facts.disruption.replicas]
#   tags: [reliability]
#   remediation: Add topologySpreadConstraints over kubernetes.io/hostname or zones, or a podAntiAffinity.
package kubeassay.rules.workload.spread_missing

fail contains finding if {
	count(not_applicable) == 0
	not spread
	finding := {
		"message": sprintf("Nothing keeps the %d replicas from running on one node", [input.facts.disruption.replicas]),
		"path": ["spec", "topologySpreadConstraints"],
	}
}

spread if count(input.spec.topologySpreadConstraints) > 0

spread if count(input.spec.affinity.podAntiAffinity) > 0

not_applicable contains {"message": "Not known to have several replicas", "path": ["spec", "replicas"], "root": "object"} if {
	not several
}

several if input.facts.disruption.replicas > 1
