# METADATA
# title: Container runtime of the node runs in a version with a well-known hole
# description: >-
#   The versions named here let a pod out of its container by attacks that are public. This is no replacement
#   for a scan of all that is installed on the node.
# scope: package
# related_resources:
#   - ref: https://nvd.nist.gov/vuln/detail/CVE-2022-23648
#   - ref: https://nvd.nist.gov/vuln/detail/CVE-2022-0811
# custom:
#   id: KA-H-0052
#   severity: high
#   over: object
#   kinds: [Node]
#   reads: [status.nodeInfo.containerRuntimeVersion, status.nodeInfo.kubeletVersion]
#   remediation: >-
#     Update the container runtime to the version that the message names, or newer, unless the node's
#     distributor says that it has mended this one.
package kubeassay.rules.node.container_runtime_vulnerable

fail contains finding if {
	some hole in found
	not patched
	finding := {
		"message": sprintf("%s lets a pod %s (%s); fixed in %s", [reported, hole.effect, hole.cve, hole.fixed]),
		"path": place,
	}
}

unknown contains finding if {
	some hole in found
	patched
	finding := {
		"message": concat(" ", [
			sprintf("%s is as old as those that let a pod %s (%s, fixed in %s),", [reported, hole.effect, hole.cve, hole.fixed]),
			"but may have been mended by the distributor: see its security notices",
		]),
		"path": place,
	}
}

unknown contains finding if {
	name in {"", "containerd", "cri-o"}
	not is_array(version)
	registered
	finding := {"message": "Which version of the container runtime runs is not told: ask the node", "path": place}
}

not_applicable contains finding if {
	not name in {"", "containerd", "cri-o"}
	finding := {"message": sprintf("%s does not have the holes of containerd and CRI-O", [reported]), "path": place}
}

not_applicable contains finding if {
	reported == ""
	not registered
	finding := {"message": "No kubelet has told yet what runs on the node", "path": ["metadata", "name"]}
}

default registered := false

registered if input.status.nodeInfo.kubeletVersion != ""

place := ["status", "nodeInfo", "containerRuntimeVersion"]

reported := object.get(input, place, "")

name := split(reported, "://")[0]

default version := null

version := [to_number(number) | some number in [major, minor, patch]] if {
	[[_, major, minor, patch]] := regex.find_all_string_submatch_n(`^[a-z-]+://v?(\d+)\.(\d+)\.(\d+)`, reported, 1)
}

default patched := false

# distributors add to the version; k3s does too, but builds what it names
patched if not own

own if regex.match(`^[a-z-]+://v?\d+\.\d+\.\d+(-(k3s|alpha|beta|rc)[\w.]*)?$`, reported)

found contains hole if {
	is_array(version)
	some each in holes
	each.runtime == name
	some [first, mended] in each.versions
	version >= first
	version < mended
	hole := {"effect": each.effect, "cve": each.cve, "fixed": sprintf("%d.%d.%d", mended)}
}

# for each hole pairs of the first version that has it and the first that has not
holes := [
	{
		"runtime": "containerd",
		"cve": "CVE-2022-23648",
		"effect": "read any file of the node, by what its image says",
		"versions": [[[0, 0, 0], [1, 4, 13]], [[1, 5, 0], [1, 5, 10]], [[1, 6, 0], [1, 6, 1]]],
	},
	{
		"runtime": "cri-o",
		"cve": "CVE-2022-0811",
		"effect": "run code as root on the node, by setting kernel parameters",
		"versions": [
			[[1, 19, 0], [1, 19, 6]],
			[[1, 20, 0], [1, 20, 7]],
			[[1, 21, 0], [1, 21, 6]],
			[[1, 22, 0], [1, 22, 3]],
			[[1, 23, 0], [1, 23, 2]],
		],
	},
]
