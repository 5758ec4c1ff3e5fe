# METADATA
# title: A component that its makers gave up is deployed
# description: >-
#   Holes that are found in it from now on stay open. The components named here are exposed to networks or
#   have wide rights in the cluster.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/blog/2025/11/11/ingress-nginx-retirement/
# custom:
#   id: KA-W-0060
#   severity: high
#   over: workload
#   reads: [facts.images.components]
#   remediation: Replace the component by the one that the message names, or by another that is maintained.
package kubeassay.rules.workload.retired_component

import data.kubeassay.lib.component

fail contains finding if {
	some image in input.facts.images.components
	some retired in components
	some name in retired.images
	component.is_named(image, name)
	finding := {
		"message": sprintf("{container} is %s, given up in %s; replace it by %s", [retired.name, retired.since, retired.successor]),
		"path": image.path,
	}
}

components := [
	{
		"name": "the Ingress NGINX controller",
		"images": {"ingress-nginx/controller", "ingress-nginx/controller-chroot", "kubernetes-ingress-controller/nginx-ingress-controller"},
		"since": "March 2026",
		"successor": "an implementation of the Gateway API",
	},
	{
		"name": "Weave Net",
		"images": {"weaveworks/weave-kube", "weaveworks/weave-npc"},
		"since": "June 2024",
		"successor": "another network plugin",
	},
	{
		"name": "kaniko",
		"images": {"kaniko-project/executor"},
		"since": "June 2025",
		"successor": "BuildKit or Buildah",
	},
	{
		"name": "KubeFed",
		"images": {"kubernetes-multicluster/kubefed"},
		"since": "April 2023",
		"successor": "Karmada or Open Cluster Management",
	},
	{
		"name": "Heapster",
		"images": {"heapster", "heapster-amd64"},
		"since": "2018",
		"successor": "metrics-server",
	},
]
