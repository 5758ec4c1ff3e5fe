# METADATA
# title: What the Pod Security Standards take into account of a pod
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/
package kubeassay.lib.pod

# METADATA
# title: The pod's own security context and those of its containers
# description: >-
#   Each with `of` (whom it is about, for messages), `path` and `fields`. Reads spec.securityContext and
#   containers.securityContext.
security_contexts contains context if {
	context := {"of": "the pod", "path": ["spec", "securityContext"], "fields": input.spec.securityContext}
}

security_contexts contains context if {
	some container in input.containers
	path := array.concat(container.path, ["securityContext"])
	context := {"of": "{container}", "path": path, "fields": container.securityContext}
}

# METADATA
# title: The pod runs on Windows, where Linux-only requirements do not bind it
# description: Reads spec.os. Before Kubernetes 1.25 the field exempted from nothing.
windows if {
	input.spec.os.name == "windows"
	data.scan.kubernetes.minor >= 25
}

# METADATA
# title: The pod has a user namespace of its own, so that its root is nobody on the node
# description: Reads spec.hostUsers. Before Kubernetes 1.35 the standards did not take it into account.
user_namespace if {
	input.spec.hostUsers == false
	data.scan.kubernetes.minor >= 35
}
