# METADATA
# title: Inputs for the tests of rules
# scope: package
package kubeassay.lib.testing

# METADATA
# title: The input of a rule over a workload with one container, by the facts of its image
# description: "Reads plain references alone: `registry/owner/name:tag@digest`; a placeholder is unclear."
pod(reference) := {"facts": {"images": {
	"pins": [object.union(_named, _pin(reference))],
	"names": [object.union(_named, _name(reference))],
	"registries": [object.union(_named, _registry(reference))],
	"components": [{"path": _named.path, "repository": _repository(reference), "tag": _tag(reference)}],
}}}

_named := {"user": "{container}", "path": ["spec", "containers", 0, "image"]}

_unclear := {"unclear": "a placeholder"}

_placeholder(reference) if regex.match(`[$<{]`, reference)

_pin(reference) := _unclear if _placeholder(reference)

else := {"tag": _tag(reference), "pinned": contains(reference, "@")}

_name(reference) := _unclear if _placeholder(reference)

else := {"registry": _host(reference), "repository": _repository(reference)}

_registry(reference) := _unclear if _placeholder(reference)

else := {"registry": _host(reference), "owner": concat("/", array.slice(parts, 0, count(parts) - 1))} if {
	parts := split(_repository(reference), "/")
}

_host(reference) := host if {
	host := split(reference, "/")[0]
	contains(reference, "/")
	contains(host, ".")
} else := "docker.io"

_path(reference) := split(split(trim_prefix(reference, sprintf("%s/", [_host(reference)])), "@")[0], ":")

_repository(reference) := name if {
	name := _path(reference)[0]
	contains(name, "/")
} else := concat("/", ["library", _path(reference)[0]])

_tag(reference) := tag if {
	tag := _path(reference)[1]
} else := ""

# METADATA
# title: The input of a rule over a component, by the values of the flags that it was given
settings(given) := {"settings": {name: {"value": value, "source": "flag", "path": ["spec"]} | some name, value in given}}

# METADATA
# title: The input of a rule over a component of which one setting could not be had
unknown_setting(name) := {"settings": {name: {
	"unknown": "it is in a ConfigMap",
	"learn": "look there",
	"source": "flag",
	"path": ["spec"],
}}}

# METADATA
# title: The input of a rule over a node with one file, the fourth of its NodeFacts
node_file(role, fields) := {"facts": {"host_files": {"by_role": {role: {"files": [file]}}}}} if {
	file := object.union({"at": 3, "path": "/file"}, fields)
}

# METADATA
# title: The input of a rule over a node that has none of the files, for a reason of that kind
no_node_file(roles, kind) := {"facts": {"host_files": {"by_role": {role: {"files": [], kind: "why"} |
	some role in roles
}}}}

# METADATA
# title: The input of a rule over a node whose kubelet has these settings, each by its flag
kubelet(values) := {"facts": {"kubelet": {"settings": {name: setting |
	some name, value in values
	setting := {
		"value": value,
		"shown": sprintf("%v", [value]),
		"source": "its flag",
		"path": ["kubelet", "flags", name],
		"given": true,
	}
}}}}

# METADATA
# title: The input of a rule over a node of whose kubelet these settings are not known
unclear_kubelet(names) := {"facts": {"kubelet": {"settings": {name: {"unknown": "why", "path": ["kubelet"]} |
	some name in names
}}}}
