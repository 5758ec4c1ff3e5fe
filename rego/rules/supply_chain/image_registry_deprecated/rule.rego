# METADATA
# title: Image comes from a registry that is no longer kept
# description: >-
#   Such registries get no new versions and no security fixes, and one day their images cannot be pulled:
#   the pod keeps running until it has to start on another node.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/blog/2023/03/10/image-registry-redirect/
#   - ref: https://github.com/bitnami/containers/issues/83267
#   - ref: https://github.com/kubernetes-sigs/kubebuilder/discussions/3907
#   - ref: https://tekton.dev/blog/2025/04/03/migration-to-github-container-registry/
#   - ref: https://istio.io/latest/blog/2026/retirement-of-gcr.io/
#   - ref: https://docs.github.com/packages/working-with-a-github-packages-registry/migrating-to-the-container-registry-from-the-docker-registry
# custom:
#   id: KA-S-0005
#   severity: medium
#   over: workload
#   reads: [facts.images.registries]
#   remediation: Use the image from the registry where its project publishes it now.
#   parameters:
#     registries:
#       default:
#         k8s.gcr.io: use registry.k8s.io
#         gcr.io/google-containers: use registry.k8s.io
#         gcr.io/google_containers: use registry.k8s.io
#         gcr.io/kubernetes-e2e-test-images: use registry.k8s.io/e2e-test-images
#         gcr.io/kubebuilder: use quay.io/brancz/kube-rbac-proxy
#         gcr.io/tekton-releases: use ghcr.io/tektoncd
#         gcr.io/istio-release: use docker.io/istio
#         docker.pkg.github.com: use ghcr.io
#         docker.io/bitnami: its versions were removed in 2025
#         docker.io/bitnamilegacy: its images get no fixes since 2025
#       description: Registry or repository that is no longer kept → what to do instead.
package kubeassay.rules.supply_chain.image_registry_deprecated

import data.kubeassay.lib.image

registries := data.scan.parameters["supply_chain.image_registry_deprecated"].registries

fail contains finding if {
	some used in input.facts.images.registries
	parts := array.concat([used.registry], split(used.owner, "/"))
	some length in numbers.range(1, count(parts))
	retired := concat("/", array.slice(parts, 0, length))
	advice := registries[retired]
	finding := {
		"message": sprintf("%s uses an image of %s, which is no longer kept: %s", [used.user, retired, advice]),
		"path": used.path,
	}
}

unknown contains finding if {
	some finding in image.undecided(input.facts.images.registries)
}
