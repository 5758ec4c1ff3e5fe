# METADATA
# title: Image references and the images that a pod template names
# description: >-
#   References are read as the kubelet reads them, by the grammar of distribution/reference and with
#   Docker's short names written out: `nginx` is `docker.io/library/nginx`.
# scope: package
# related_resources:
#   - ref: https://github.com/distribution/reference/blob/main/reference.go
#   - ref: https://kubernetes.io/docs/concepts/containers/images/
package kubeassay.lib.image

_reference := concat("", [
	`^(?:((?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*`,
	`|\[[a-fA-F0-9:]+\])(?::[0-9]+)?)/)?`,
	`([a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*)`,
	`(?::([A-Za-z0-9_][A-Za-z0-9_.-]*))?(?:@([a-z0-9]+:[a-f0-9]+))?$`,
])

_digest_length := {"sha256": 64, "sha384": 96, "sha512": 128}

_docker_hub := "docker.io"

# METADATA
# title: The parts of an image reference; undefined if it is malformed
# description: "`registry`, `repository`, and `tag` and `digest`, which are empty where the reference has none."
parse(reference) := object.union(name, {"tag": tag, "digest": digest}) if {
	is_string(reference)
	[[_, host, path, tag, digest]] := regex.find_all_string_submatch_n(_reference, reference, 1)
	name := _name(host, path)
	count(name.repository) <= 255
	count(tag) <= 128
	_digest_valid(digest)
}

_digest_valid(digest) if digest == ""

_digest_valid(digest) if {
	[algorithm, hex] := split(digest, ":")
	_digest_length[algorithm] == count(hex)
}

_name(host, path) := {"registry": _docker_hub, "repository": _hub_repository(path)} if {
	host in {_docker_hub, "index.docker.io"}
} else := {"registry": lower(host), "repository": path} if {
	_is_registry(host)
} else := {"registry": _docker_hub, "repository": concat("/", [host, path])} if {
	host != ""
} else := {"registry": _docker_hub, "repository": _hub_repository(path)} if {
	not contains(split(path, "/")[0], ".")
} else := {"registry": _docker_hub, "repository": _hub_repository(path)} if {
	not contains(path, "/")
}

_hub_repository(path) := path if contains(path, "/")

else := concat("/", ["library", path]) if not _is_image_id(path)

_is_image_id(name) if {
	count(name) == 64
	regex.match(`^[a-f0-9]+$`, name)
}

# the first part of a name is a registry only if it cannot be a part of a Docker Hub repository
_is_registry(host) if host == "localhost"

_is_registry(host) if contains(host, ".")

_is_registry(host) if contains(host, ":")

_is_registry(host) if lower(host) != host

# METADATA
# title: The images that the pod template names and whose reference could be read
# description: >-
#   Each with the parts of its reference, its `path`, and `user`, who uses it, for messages. Reads
#   containers.image and spec.volumes.
used contains image if {
	some image in _resolved
	image.registry
}

# METADATA
# title: Findings of status unknown for images of which a manifest does not tell what they are
# description: Reads containers.image and spec.volumes.
undecided contains {"message": message, "path": image.path} if {
	some image in _resolved
	message := sprintf("%s: %s", [image.user, image.unclear])
}

# METADATA
# title: The images whose reference no container runtime accepts
# description: Reads containers.image and spec.volumes.
malformed contains image if {
	some image in _resolved
	image.unclear == _malformed
}

_malformed := "the image reference is malformed"

_resolved contains image if {
	some container in input.containers
	path := array.concat(container.path, ["image"])
	named := {"user": "{container}", "path": path}
	image := object.union(named, resolve(object.get(container, "image", "")))
}

_resolved contains image if {
	some index
	volume := input.spec.volumes[index]
	is_object(volume.image)
	path := ["spec", "volumes", index, "image", "reference"]
	named := {"user": sprintf("Volume \"%v\"", [object.get(volume, "name", index)]), "path": path}
	image := object.union(named, resolve(object.get(volume.image, "reference", "")))
}

# METADATA
# title: The parts of a reference, or `unclear` with the reason why they cannot be told
resolve(reference) := {"unclear": "the image `auto` is put in by a webhook of the service mesh"} if {
	reference == "auto"
} else := parts if {
	parts := parse(reference)
} else := {"unclear": "the image is not a string"} if {
	not is_string(reference)
} else := {"unclear": "no image is named, something else must fill it in"} if {
	trim_space(reference) == ""
} else := {"unclear": "the image is a placeholder that something else fills in"} if {
	_is_placeholder(reference)
} else := {"unclear": _malformed}

_is_placeholder(reference) if regex.match(`[$<>{}%]`, reference)

_is_placeholder(reference) if startswith(reference, "ko://")

_is_placeholder(reference) if regex.match(`^_*[A-Z][A-Z0-9_-]*(:[^/]*)?$`, reference)

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
# description: "The names are the parameter of supply_chain.image_tag_mutable; variants of `latest` always count."
is_moving_tag(tag) if lower(tag) in {lower(name) | some name in _moving_names}

is_moving_tag(tag) if startswith(lower(tag), "latest-")

is_moving_tag(tag) if endswith(lower(tag), "-latest")

_moving_names := data.scan.parameters["supply_chain.image_tag_mutable"].names
