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
#   reads: [facts.interfaces.dashboard_arguments]
#   remediation: Remove --enable-skip-login, --enable-insecure-login and --disable-settings-authorizer.
package kubeassay.rules.network.dashboard_login_skipped

fail contains finding if {
	some given in input.facts.interfaces.dashboard_arguments
	is_string(given.argument)
	regex.match(`^--(enable-skip-login|enable-insecure-login|disable-settings-authorizer)(=true)?$`, given.argument)
	finding := {"message": "{container} lets its users in without a login: {value}", "path": given.path}
}
