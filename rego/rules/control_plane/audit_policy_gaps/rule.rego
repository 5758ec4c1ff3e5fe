# METADATA
# title: Audit policy leaves out what matters
# description: >-
#   What attackers do first, reading Secrets and entering containers, leaves no trace; or the log holds the
#   Secrets themselves.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/
# custom:
#   id: KA-A-0147
#   severity: medium
#   over: component
#   kinds: [kube-apiserver]
#   reads: [facts.audit_policy.review]
#   remediation: >-
#     Record access to Secrets, ConfigMaps and TokenReviews at the level Metadata, changes of Pods and
#     Deployments, and the use of exec, portforward and proxy.
package kubeassay.rules.control_plane.audit_policy_gaps

review := input.facts.audit_policy.review

fail contains finding if {
	review.file == ""
	finding := {"message": "--audit-policy-file is not set: nothing is recorded", "path": review.path}
}

fail contains finding if some finding in review.gaps

unknown contains finding if {
	finding := {
		"message": sprintf("What is recorded is not known: %s; %s", [review.unknown, review.learn]),
		"path": review.path,
	}
}
