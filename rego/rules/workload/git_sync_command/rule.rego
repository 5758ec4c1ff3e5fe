# METADATA
# title: git-sync is told which program to run as git
# description: >-
#   git-sync starts whatever this setting names, with its own rights. Whoever may change the pod, or supplies
#   the volume it reads, runs programs that the image does not contain, and the logs show a sync as usual.
# scope: package
# related_resources:
#   - ref: https://www.akamai.com/blog/security-research/2024-august-kubernetes-gitsync-command-injection-defcon
# custom:
#   id: KA-W-0061
#   severity: medium
#   over: workload
#   reads: [containers.args, containers.command, containers.env.name, facts.images.components]
#   remediation: Remove the variable or the flag; the image has git where git-sync looks for it.
package kubeassay.rules.workload.git_sync_command

import data.kubeassay.lib.component

fail contains finding if {
	some container in input.containers
	some i, variable in container.env
	variable.name in {"GITSYNC_GIT", "GIT_SYNC_GIT"}
	finding := {
		"message": sprintf("{container} tells git-sync which program to run, by %s", [variable.name]),
		"path": array.concat(container.path, ["env", i, "name"]),
	}
}

fail contains finding if {
	some container in input.containers
	some image in input.facts.images.components
	image.path == array.concat(container.path, ["image"])
	component.is_named(image, "git-sync")
	some field in ["command", "args"]
	some i, word in container[field]
	is_string(word)
	regex.match(`^--?git(?:=|$)`, word)
	finding := {
		"message": "{container} tells git-sync which program to run, by --git",
		"path": array.concat(container.path, [field, i]),
	}
}
