# METADATA
# title: Container starts its program by sudo
# description: >-
#   It needs an image with sudo, a user who may become root, and a process that may gain privileges: all
#   that an attacker needs too.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
# custom:
#   id: KA-W-0055
#   severity: medium
#   over: workload
#   reads: [containers.args, containers.command]
#   remediation: Remove sudo from the command and the image, and give the files to the user who runs the program.
package kubeassay.rules.workload.sudo_in_command

fail contains finding if {
	some container in input.containers
	some field in ["command", "args"]
	some i, word in container[field]
	is_string(word)
	contains(word, "sudo")
	regex.match("(?:^|[\\s;&|(`/])sudo(?:\\s|$)", word)
	finding := {
		"message": sprintf("{container} runs sudo in its %s", [field]),
		"path": array.concat(container.path, [field, i]),
	}
}
