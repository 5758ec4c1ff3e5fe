# METADATA
# title: Secret is given to a container as an environment variable
# description: >-
#   Programs print their environment into logs and crash reports and hand it on to every child process, and a
#   changed Secret reaches a variable only after a restart. Files have none of that.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/configuration/secret/#using-secrets-as-files-from-a-pod
# custom:
#   id: KA-C-0004
#   severity: low
#   over: workload
#   reads: [containers.env.name, containers.env.valueFrom, containers.envFrom]
#   remediation: Mount the Secret as a volume and let the program read the file.
package kubeassay.rules.secrets.secret_as_env_var

fail contains finding if {
	some container in input.containers
	some index
	entry := container.env[index]
	is_object(entry.valueFrom.secretKeyRef)
	finding := {
		"message": sprintf("{container} gets a secret as the environment variable %v", [object.get(entry, "name", index)]),
		"path": array.concat(container.path, ["env", index, "valueFrom", "secretKeyRef"]),
	}
}

fail contains finding if {
	some container in input.containers
	some index
	secret := container.envFrom[index].secretRef
	is_object(secret)
	finding := {
		"message": sprintf("{container} gets all keys of the Secret %v as environment variables", [object.get(secret, "name", "")]),
		"path": array.concat(container.path, ["envFrom", index, "secretRef"]),
	}
}
