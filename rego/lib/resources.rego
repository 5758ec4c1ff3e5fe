# METADATA
# title: What containers ask for and may use
# description: >-
#   Limits of the pod, LimitRanges and what the API server fills in are taken into account. Reads
#   containers.resources, spec.resources and facts.limit_ranges.defaults.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
package kubeassay.lib.resources

# METADATA
# title: Containers that run as long as the pod
# description: What an init container asks for is seldom more, and is free again when the others start.
lasting contains container if {
	some container in input.containers
	container.type in {"container", "sidecar"}
}

# METADATA
# title: Containers that can have limits; an ephemeral container cannot
limited contains container if {
	some container in input.containers
	container.type != "ephemeral"
}

# METADATA
# title: The scheduler is told how much is needed; a limit counts as a request where there is none
has_request(container, resource) if is_set(container, "requests", resource)

has_request(container, resource) if has_limit(container, resource)

has_request(_, resource) if is_set(pod, "requests", resource)

has_request(_, resource) if resource in input.facts.limit_ranges.defaults.requests

# METADATA
# title: An autoscaler goes by what is requested, which makes a missing request a fault of its own
# description: Reads facts.autoscaling.requests_needed.
watched(resource) if resource in input.facts.autoscaling.requests_needed

# METADATA
# title: The use is limited, for the container or for the whole pod
has_limit(container, resource) if has_own_limit(container, resource)

has_limit(_, resource) if is_set(pod, "limits", resource)

# METADATA
# title: The use is limited for the container
has_own_limit(container, resource) if is_set(container, "limits", resource)

has_own_limit(_, resource) if resource in input.facts.limit_ranges.defaults.limits

is_set(holder, section, resource) if {
	amount := holder.resources[section][resource]
	not amount in {null, 0, "0"}
}

# resources of a whole pod are on by default from 1.34
default pod := {}

pod := input.spec if data.scan.kubernetes.minor >= 34
