# METADATA
# title: API server does not check an aggregated API's certificate
# description: >-
#   Whoever answers in its place gets the requests of all users, with their identity, and can answer what
#   they like: metrics that make workloads scale, for instance.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/extend-kubernetes/configure-aggregation-layer/#contacting-the-extension-apiserver
# custom:
#   id: KA-A-0008
#   severity: medium
#   over: object
#   kinds: [APIService.apiregistration.k8s.io]
#   reads: [spec.insecureSkipTLSVerify]
#   remediation: Remove insecureSkipTLSVerify and give the certificate's authority in caBundle.
package kubeassay.rules.control_plane.aggregated_api_tls_unverified

fail contains finding if {
	input.spec.insecureSkipTLSVerify == true
	finding := {
		"message": "The API server takes any certificate for this API",
		"path": ["spec", "insecureSkipTLSVerify"],
	}
}
