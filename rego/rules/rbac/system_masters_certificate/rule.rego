# METADATA
# title: A certificate of the group system:masters was approved
# description: >-
#   Whoever has it may do everything, whatever the roles say, and it cannot be revoked: only its expiry or a
#   new certificate authority ends it.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/
# custom:
#   id: KA-R-0080
#   severity: critical
#   over: object
#   kinds: [CertificateSigningRequest.certificates.k8s.io]
#   reads: [facts.certificates.request]
#   remediation: >-
#     Find out who has the certificate, replace the certificate authority if that is not certain, and give
#     people a group of their own; let the admission plugin CertificateSubjectRestriction on.
package kubeassay.rules.rbac.system_masters_certificate

asked := input.facts.certificates.request

granted if asked.state in {"approved", "issued"}

fail contains finding if {
	granted
	"system:masters" in asked.groups
	finding := {
		"message": sprintf("A certificate for %s in system:masters was %s; %s asked for it", [asked.name, asked.state, asked.by]),
		"path": ["spec", "request"],
	}
}

unknown contains finding if {
	granted
	not readable
	finding := {
		"message": "The request was approved, and whose certificate it is cannot be read from it",
		"path": ["spec", "request"],
	}
}

readable if is_array(asked.groups)

not_applicable contains finding if {
	not granted
	finding := {"message": "The request was not approved", "path": ["status"]}
}
