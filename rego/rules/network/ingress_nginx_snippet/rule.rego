# METADATA
# title: Ingress brings configuration of its own for nginx
# description: >-
#   Whoever may write the Ingress runs what they like in the controller, by Lua or by serving its files, and
#   reads the Secrets of every namespace with the controller's token (CVE-2021-25742).
# scope: package
# related_resources:
#   - ref: https://github.com/kubernetes/ingress-nginx/issues/7837
# custom:
#   id: KA-N-0015
#   severity: high
#   over: object
#   kinds: [Ingress.networking.k8s.io, Ingress.extensions]
#   reads: [metadata.annotations]
#   remediation: >-
#     Replace the snippet by the annotation or ConfigMap setting for what it does, and leave
#     allow-snippet-annotations off in the controller.
package kubeassay.rules.network.ingress_nginx_snippet

fail contains finding if {
	some name, content in input.metadata.annotations
	regex.match(`^nginx\.(ingress\.kubernetes\.io|org)/([a-z-]+-)?snippets?$`, name)
	finding := {"message": describe(content), "path": ["metadata", "annotations", name]}
}

describe(content) := "The snippet runs Lua in the ingress controller" if {
	contains(content, "_by_lua")
} else := "The snippet serves files of the ingress controller by alias or root" if {
	regex.match(`(^|[\s;{])(alias|root)\s`, content)
} else := "The Ingress puts a snippet into the controller's nginx configuration"
