# METADATA
# title: ingress-nginx takes snippets from Ingresses
# description: >-
#   Everyone who may write an Ingress in any namespace can then configure the controller's nginx and read
#   every Secret in the cluster (CVE-2021-25742).
# scope: package
# related_resources:
#   - ref: https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/#allow-snippet-annotations
# custom:
#   id: KA-N-0017
#   severity: high
#   over: object
#   kinds: [ConfigMap]
#   reads: [data.allow-snippet-annotations]
#   remediation: Set allow-snippet-annotations to "false", its default since version 1.9.
package kubeassay.rules.network.ingress_nginx_snippets_allowed

fail contains finding if {
	input.data["allow-snippet-annotations"] == "true"
	finding := {
		"message": "The ingress controller takes snippets from any Ingress",
		"path": ["data", "allow-snippet-annotations"],
	}
}

not_applicable contains finding if {
	not input.data["allow-snippet-annotations"]
	finding := {"message": "It does not configure snippets of ingress-nginx", "path": []}
}
