# METADATA
# title: Well-known components, told by their images
# scope: package
package kubeassay.lib.component

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
