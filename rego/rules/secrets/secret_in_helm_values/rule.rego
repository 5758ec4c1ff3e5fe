# METADATA
# title: Values of a Helm release hold a secret in plain text
# description: >-
#   Everybody who may read the release or the repository it comes from has the secret, besides whatever the
#   chart puts it into.
# scope: package
# related_resources:
#   - ref: https://fluxcd.io/flux/components/helm/helmreleases/#values
#   - ref: https://argo-cd.readthedocs.io/en/stable/user-guide/helm/
# custom:
#   id: KA-C-0010
#   severity: high
#   over: object
#   kinds:
#     - Application.argoproj.io
#     - HelmChart.helm.cattle.io
#     - HelmChartConfig.helm.cattle.io
#     - HelmRelease.helm.toolkit.fluxcd.io
#   reads: [spec.set, spec.source.helm, spec.sources, spec.values, spec.valuesContent]
#   remediation: >-
#     Change the secret, and let the values name a Secret that exists, or take them from one (valuesFrom,
#     valuesSecrets).
package kubeassay.rules.secrets.secret_in_helm_values

import data.kubeassay.lib.credentials

fail contains finding if {
	walk(input.spec, [path, value])
	is_string(value)
	what := credentials.exposed(sprintf("%v", [path[count(path) - 1]]), value)
	finding := found(what, path)
}

# parameters of an Argo CD Application
fail contains finding if {
	walk(input.spec, [path, node])
	is_string(node.name)
	is_string(node.value)
	credentials.is_secret(node.name, node.value)
	finding := found(sprintf("a secret as %s", [node.name]), array.concat(path, ["value"]))
}

found(what, path) := {
	"message": sprintf("The values of the release have %s", [what]),
	"path": array.concat(["spec"], path),
}
