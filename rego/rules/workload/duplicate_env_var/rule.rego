# METADATA
# title: Container sets an environment variable twice
# description: >-
#   The last value counts and the others are dropped without a word: often the result of a merge, and of
#   somebody looking for hours at the wrong line.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/inject-data-application/define-environment-variable-container/
# custom:
#   id: KA-W-0117
#   severity: low
#   over: workload
#   reads: [containers.env.name]
#   tags: [reliability]
#   remediation: Keep one entry for the variable.
package kubeassay.rules.workload.duplicate_env_var

fail contains finding if {
	some container in input.containers
	names := [object.get(variable, "name", i) | some i, variable in container.env; is_object(variable)]
	count(names) > count({name | some name in names})
	some i, variable in container.env
	some j, former in container.env
	j < i
	former.name == variable.name
	finding := {
		"message": "{container} sets the variable {value} a second time",
		"path": array.concat(container.path, ["env", i, "name"]),
	}
}
