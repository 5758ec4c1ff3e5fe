# METADATA
# title: Nothing verifies where images come from
# description: >-
#   The API server admits every image, so whoever may write to a registry or change a tag runs code in the
#   cluster.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#imagepolicywebhook
# custom:
#   id: KA-S-0020
#   severity: medium
#   over: cluster
#   snapshot_only: true
#   reads: [facts.image_provenance.verification]
#   remediation: >-
#     Verify signatures at admission, as by the policy controller of Sigstore or by a Kyverno policy with
#     verifyImages that enforces.
package kubeassay.rules.supply_chain.image_provenance_unverified

told := input.facts.image_provenance.verification

fail contains finding if {
	count(told.found) == 0
	told.seen
	finding := {
		"message": "The API server runs no ImagePolicyWebhook, and no policy that verifies images was found",
		"path": [],
	}
}

not_applicable contains finding if {
	count(told.found) == 0
	not told.seen
	finding := {"message": message, "path": []}
}

message := sprintf("No policy that verifies images was found. %s", [told.managed]) if {
	told.managed != ""
} else := concat(" ", [
	"No policy that verifies images was found; whether the API server runs ImagePolicyWebhook is not known:",
	"collect the facts of its node with `kubeassay node collect`.",
])
