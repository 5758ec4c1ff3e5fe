# METADATA
# title: Updates do not roll out pod by pod
# description: >-
#   Recreate stops every pod before a new one starts, so each update is an outage. OnDelete leaves the old
#   pods, with their holes, until somebody deletes them. Volumes that one node alone can mount need Recreate.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#strategy
#   - ref: https://kubernetes.io/docs/tasks/manage-daemon/update-daemon-set/
# custom:
#   id: KA-W-0112
#   severity: low
#   over: workload
#   kinds:
#     - Deployment.apps
#     - StatefulSet.apps
#     - DaemonSet.apps
#     - DeploymentConfig.apps.openshift.io
#   reads: [workload.spec.strategy, workload.spec.updateStrategy]
#   tags: [reliability]
#   remediation: Use the strategy RollingUpdate, which is the default.
package kubeassay.rules.workload.rolling_update_missing

fail contains finding if {
	input.workload.spec.strategy.type == "Recreate"
	finding := {
		"message": "An update stops every pod before a new one starts",
		"path": ["spec", "strategy", "type"],
		"root": "object",
	}
}

fail contains finding if {
	input.workload.spec.updateStrategy.type == "OnDelete"
	finding := {
		"message": "An update reaches no pod until somebody deletes it",
		"path": ["spec", "updateStrategy", "type"],
		"root": "object",
	}
}
