# METADATA
# title: What rules ask of image references, which scanner/facts/images.py reads
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/containers/images/
package kubeassay.lib.image

_docker_hub := "docker.io"

# METADATA
# title: Findings of status unknown for images of which a manifest does not tell what they are
# description: "`images` is one of the facts `facts.images.pins`, `registries` and `names`."
undecided(images) := {finding |
	some image in images
	finding := {"message": sprintf("%s: %s", [image.user, image.unclear]), "path": image.path}
}

# METADATA
# title: The images whose reference no container runtime accepts
malformed(images) := {image |
	some image in images
	image.unclear == "the image reference is malformed"
}

# METADATA
# title: An image stands in a registry or below a repository that an entry names
# description: >-
#   The entry is compared part by part, so `registry.example.com` does not cover `registry.example.com.org`.
#   `*` stands for one label of the host name.
covers(entry, image) if {
	[host, path] := _prefix(trim(entry, " /"))
	_host_matches(host, image.registry)
	_below(path, image.repository)
}

_prefix(entry) := [_hub_alias(lower(first)), concat("/", array.slice(parts, 1, count(parts)))] if {
	parts := split(entry, "/")
	first := parts[0]
	_is_registry(first)
} else := [_docker_hub, _hub_repository(entry)]

# the first part of a name is a registry only if it cannot be a part of a Docker Hub repository
_is_registry(host) if host == "localhost"

_is_registry(host) if contains(host, ".")

_is_registry(host) if contains(host, ":")

_is_registry(host) if lower(host) != host

_hub_repository(path) := path if contains(path, "/")

else := concat("/", ["library", path])

_hub_alias(host) := _docker_hub if host == "index.docker.io"

else := host

_host_matches(pattern, host) if pattern == host

_host_matches(pattern, host) if {
	contains(pattern, "*")
	labels := split(pattern, ".")
	found := split(host, ".")
	count(labels) == count(found)
	every index, label in labels {
		label in {"*", found[index]}
	}
}

_below(path, _) if path == ""

_below(path, repository) if path == repository

_below(path, repository) if startswith(repository, concat("", [path, "/"]))

# METADATA
# title: The tag names whatever was built last, so that the same reference means another image tomorrow
# description: >-
#   The names are the parameter of supply_chain.image_tag_mutable; several may be joined, as in `stable-alpine`.
#   Variants of `latest` always count.
is_moving_tag(tag) if {
	every name in split(lower(tag), "-") {
		name in _moving_names
	}
}

is_moving_tag(tag) if startswith(lower(tag), "latest-")

is_moving_tag(tag) if endswith(lower(tag), "-latest")

_moving_names := data.scan.parameters["supply_chain.image_tag_mutable"].names
