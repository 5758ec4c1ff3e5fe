# METADATA
# title: Neither the container nor its pod has a security context
# description: >-
#   Nothing was decided: the container gets the runtime's default capabilities, the image's user, which is
#   often root, a writable file system, and may gain further privileges.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
# custom:
#   id: KA-W-0050
#   severity: low
#   over: workload
#   reads: [containers.securityContext, spec.securityContext]
#   remediation: Give the pod and its containers a securityContext that meets the restricted Pod Security Standard.
package kubeassay.rules.workload.security_context_missing

fail contains finding if {
	not has_context(object.get(input, "spec", {}))
	some container in input.containers
	not has_context(container)
	finding := {
		"message": "{container} has no security context, nor has the pod",
		"path": array.concat(container.path, ["securityContext"]),
	}
}

has_context(holder) if {
	is_object(holder.securityContext)
	count(holder.securityContext) > 0
}
