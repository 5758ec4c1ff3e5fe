# METADATA
# title: Allowed image prefix matches foreign repositories
# description: >-
#   Gatekeeper compares the beginning of the image's name, so example.com/team also lets in
#   example.com/team-of-somebody-else, and docker.io an image of docker.io.example.com.
# scope: package
# related_resources:
#   - ref: https://open-policy-agent.github.io/gatekeeper-library/website/validation/allowedrepos
# custom:
#   id: KA-A-0009
#   severity: high
#   over: object
#   kinds: [K8sAllowedRepos.constraints.gatekeeper.sh]
#   reads: [spec.parameters]
#   remediation: End each entry with a slash, or with the tag or digest of a single image.
package kubeassay.rules.control_plane.gatekeeper_repository_open_ended

fail contains finding if {
	some i, repository in input.spec.parameters.repos
	is_string(repository)
	not endswith(repository, "/")
	not contains(repository, "@sha256:")
	not regex.match(`/[^/]*:[^/]+$`, repository)
	finding := {
		"message": "{value} also allows every name that only begins like it",
		"path": ["spec", "parameters", "repos", i],
	}
}
