# METADATA
# title: Well-known components, told by their images
# scope: package
package kubeassay.lib.component

# METADATA
# title: Every image that is named
# description: >-
#   Each with `repository`, which may begin with a registry or a mirror of one, `tag`, which may be empty,
#   and `path`. Reads containers.image.
images contains image if {
	some container in input.containers
	is_string(container.image)
	image := object.union(parts(container.image), {"path": array.concat(container.path, ["image"])})
}

parts(reference) := {"repository": repository, "tag": tag} if {
	names := split(split(reference, "@")[0], "/")
	last := split(names[count(names) - 1], ":")
	repository := concat("/", array.concat(array.slice(names, 0, count(names) - 1), [last[0]]))
	tag := concat(":", array.slice(last, 1, 2))
}

# METADATA
# title: An image is the named one, from whichever registry
is_named(image, name) if image.repository == name

is_named(image, name) if endswith(image.repository, sprintf("/%s", [name]))

# METADATA
# title: Major, minor and patch version that a tag begins with; undefined if it begins with none
version(tag) := [to_number(number) | some number in numbers] if {
	[[_, major, minor, patch]] := regex.find_all_string_submatch_n(`^v?(\d+)\.(\d+)\.(\d+)`, tag, 1)
	numbers := [major, minor, patch]
}
