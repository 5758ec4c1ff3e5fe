# METADATA
# title: Where a pod leaves its containers free to run as root
# description: Reads spec.securityContext and containers.securityContext.
# scope: package
package kubeassay.lib.root

# METADATA
# title: Every place where runAsNonRoot ought to be true
# description: >-
#   Each with `of` (whom it is about, for messages), `path`, and whether a user id other than 0 keeps
#   root away all the same (`user_id`). A container that inherits the pod's `false` is none of its own.
unguarded contains place if {
	input.spec.securityContext.runAsNonRoot == false
	inheriting := [container | some container in input.containers; not decides(container)]
	place := {
		"of": "the pod",
		"path": ["spec", "securityContext", "runAsNonRoot"],
		"user_id": count([container | some container in inheriting; not has_user_id(container)]) == 0,
	}
}

unguarded contains place if {
	some container in input.containers
	container.securityContext.runAsNonRoot == false
	place := container_place(container)
}

unguarded contains place if {
	not decides(object.get(input, "spec", {}))
	some container in input.containers
	not decides(container)
	place := container_place(container)
}

container_place(container) := {
	"of": "{container}",
	"path": array.concat(container.path, ["securityContext", "runAsNonRoot"]),
	"user_id": has_user_id(container),
}

decides(holder) if is_boolean(holder.securityContext.runAsNonRoot)

default has_user_id(_) := false

has_user_id(container) if user_id(container) > 0

user_id(container) := container.securityContext.runAsUser if {
	is_number(container.securityContext.runAsUser)
} else := input.spec.securityContext.runAsUser if {
	is_number(input.spec.securityContext.runAsUser)
}
