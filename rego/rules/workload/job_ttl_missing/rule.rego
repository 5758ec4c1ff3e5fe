# METADATA
# title: Finished Job stays for ever
# description: >-
#   The Job and its pods remain in the cluster, with their settings and logs, until somebody deletes them.
#   Thousands of them make the API server slow.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/workloads/controllers/ttlafterfinished/
# custom:
#   id: KA-W-0116
#   severity: low
#   over: workload
#   kinds: [Job.batch]
#   reads: [workload.annotations, workload.metadata.ownerReferences, workload.spec.ttlSecondsAfterFinished]
#   tags: [reliability]
#   remediation: Set ttlSecondsAfterFinished to as long as somebody may want to look at it, such as 86400.
package kubeassay.rules.workload.job_ttl_missing

fail contains finding if {
	count(not_applicable) == 0
	not is_number(object.get(input, ["workload", "spec", "ttlSecondsAfterFinished"], null))
	finding := {
		"message": "Nothing deletes the Job once it has finished",
		"path": ["spec", "ttlSecondsAfterFinished"],
		"root": "object",
	}
}

not_applicable contains {"message": "Its owner deletes it", "path": ["metadata", "ownerReferences"]} if {
	count(input.workload.metadata.ownerReferences) > 0
}

not_applicable contains {"message": "A hook that deletes it is set", "path": ["metadata", "annotations"]} if {
	some key in ["helm.sh/hook-delete-policy", "argocd.argoproj.io/hook-delete-policy"]
	input.workload.annotations[key]
}

# Helm deletes a hook's former object unless told otherwise
not_applicable contains {"message": "It is a hook of its chart", "path": ["metadata", "annotations"]} if {
	input.workload.annotations["helm.sh/hook"]
}
