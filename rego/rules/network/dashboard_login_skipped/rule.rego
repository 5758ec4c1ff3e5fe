# METADATA
# title: Kubernetes Dashboard can be used without signing in
# description: Whoever reaches it acts with the permissions of its own service account.
# scope: package
# related_resources:
#   - ref: https://github.com/kubernetes-retired/dashboard/blob/v2.7.0/docs/common/dashboard-arguments.md
# custom:
#   id: KA-N-0008
#   severity: high
#   over: workload
#   reads: [containers.image, containers.args, containers.command]
#   remediation: Remove --enable-skip-login, --enable-insecure-login and --disable-settings-authorizer.
package kubeassay.rules.network.dashboard_login_skipped

fail contains finding if {
	some container in input.containers
	contains(container.image, "dashboard")
	some field in ["command", "args"]
	some i, argument in container[field]
	regex.match(`^--(enable-skip-login|enable-insecure-login|disable-settings-authorizer)(=true)?$`, argument)
	finding := {
		"message": "{container} lets its users in without a login: {value}",
		"path": array.concat(container.path, [field, i]),
	}
}
