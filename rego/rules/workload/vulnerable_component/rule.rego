# METADATA
# title: A component runs in a version with a well-known hole
# description: >-
#   The versions named here can be taken over, or give away credentials, by attacks that are public. They run
#   with wide rights in a cluster or guard it. This is no replacement for a scan of all images.
# scope: package
# related_resources:
#   - ref: https://nvd.nist.gov/vuln/detail/CVE-2022-39328
#   - ref: https://nvd.nist.gov/vuln/detail/CVE-2021-43798
#   - ref: https://nvd.nist.gov/vuln/detail/CVE-2022-47633
#   - ref: https://nvd.nist.gov/vuln/detail/CVE-2022-24348
#   - ref: https://nvd.nist.gov/vuln/detail/CVE-2025-1974
#   - ref: https://nvd.nist.gov/vuln/detail/CVE-2018-18264
# custom:
#   id: KA-W-0062
#   severity: high
#   over: workload
#   reads: [facts.images.components]
#   remediation: Update the component to the version that the message names, or newer.
package kubeassay.rules.workload.vulnerable_component

import data.kubeassay.lib.component

fail contains finding if {
	some image in input.facts.images.components
	some hole in holes
	some name in hole.images
	component.is_named(image, name)
	version := component.version(image.tag)
	some [first, fixed] in hole.versions
	version >= first
	version < fixed
	finding := {
		"message": sprintf("%s lets attackers %s (%s); fixed in %s", [hole.name, hole.effect, hole.cve, dotted(fixed)]),
		"path": image.path,
	}
}

unknown contains finding if {
	some image in input.facts.images.components
	some hole in holes
	some name in hole.images
	component.is_named(image, name)
	tag := image.tag
	not component.version(tag)
	finding := {
		"message": sprintf("The image's tag does not tell which version of %s runs", [hole.name]),
		"path": image.path,
	}
}

dotted(version) := sprintf("%d.%d.%d", version)

# for each hole pairs of the first version that has it and the first that has not
holes := [
	{
		"name": "Grafana",
		"images": grafana,
		"cve": "CVE-2022-39328",
		"effect": "act as other users",
		"versions": [[[9, 2, 0], [9, 2, 4]]],
	},
	{
		"name": "Grafana",
		"images": grafana,
		"cve": "CVE-2021-43798",
		"effect": "read files of the server",
		"versions": [
			[[8, 0, 0], [8, 0, 7]],
			[[8, 1, 0], [8, 1, 8]],
			[[8, 2, 0], [8, 2, 7]],
			[[8, 3, 0], [8, 3, 1]],
		],
	},
	{
		"name": "Kyverno",
		"images": {"kyverno/kyverno"},
		"cve": "CVE-2022-47633",
		"effect": "run images without a signature",
		"versions": [[[1, 8, 3], [1, 8, 5]]],
	},
	{
		"name": "Argo CD",
		"images": {"argoproj/argocd"},
		"cve": "CVE-2022-24348",
		"effect": "read other applications' secrets",
		"versions": [[[0, 0, 0], [2, 1, 9]], [[2, 2, 0], [2, 2, 4]]],
	},
	{
		"name": "Ingress NGINX",
		"images": {"ingress-nginx/controller", "ingress-nginx/controller-chroot", "kubernetes-ingress-controller/nginx-ingress-controller"},
		"cve": "CVE-2025-1974",
		"effect": "run code in the controller from any pod",
		"versions": [[[0, 0, 0], [1, 11, 5]], [[1, 12, 0], [1, 12, 1]]],
	},
	{
		"name": "Kubernetes Dashboard",
		"images": {"kubernetes-dashboard-amd64"},
		"cve": "CVE-2018-18264",
		"effect": "read secrets without a login",
		"versions": [[[0, 0, 0], [1, 10, 1]]],
	},
]

grafana := {"grafana/grafana", "grafana/grafana-enterprise", "grafana/grafana-oss"}
