# METADATA
# title: Gatekeeper constraint allows image repositories by an open-ended prefix
# description: >-
#   The constraint compares beginnings of strings, so `registry.example.com` also lets in images of
#   `registry.example.com.evil.org`, and `quay.io/team` those of `quay.io/team-evil`.
# scope: package
# related_resources:
#   - ref: https://open-policy-agent.github.io/gatekeeper-library/website/validation/allowedrepos
#   - ref: https://open-policy-agent.github.io/gatekeeper-library/website/validation/allowedreposv2
# custom:
#   id: KA-S-0008
#   severity: high
#   over: object
#   kinds: [K8sAllowedRepos.constraints.gatekeeper.sh, K8sAllowedReposv2.constraints.gatekeeper.sh]
#   reads: [spec.parameters]
#   remediation: End the prefix with a slash, or name the whole image.
package kubeassay.rules.supply_chain.allowed_repository_open_ended

fail contains finding if {
	input.kind == "K8sAllowedRepos"
	some index
	prefix := input.spec.parameters.repos[index]
	open(prefix)
	finding := {"message": message, "path": ["spec", "parameters", "repos", index]}
}

fail contains finding if {
	input.kind == "K8sAllowedReposv2"
	some index
	pattern := input.spec.parameters.allowedImages[index]
	is_string(pattern)
	endswith(pattern, "*")
	open(trim_suffix(pattern, "*"))
	finding := {"message": message, "path": ["spec", "parameters", "allowedImages", index]}
}

message := "Images are allowed by an open-ended prefix: {value}"

open(prefix) if {
	is_string(prefix)
	not closed(prefix)
}

closed(prefix) if endswith(prefix, "/")

# a tag or digest, or the colon before it, ends the repository's name
closed(prefix) if regex.match(`[:@][^/]*$`, prefix)
