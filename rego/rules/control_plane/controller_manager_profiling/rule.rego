# METADATA
# title: Controller manager offers profiling
# description: >-
#   Profiles show what the program does and holds in memory, and to take one costs it much time.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/command-line-tools-reference/kube-controller-manager/
# custom:
#   id: KA-A-0131
#   severity: low
#   over: component
#   kinds: [kube-controller-manager]
#   reads: [settings.profiling]
#   remediation: Start kube-controller-manager with --profiling=false.
package kubeassay.rules.control_plane.controller_manager_profiling

import data.kubeassay.lib.setting

fail contains finding if {
	setting.is_other_than("profiling", "false")
	finding := {"message": sprintf("%s: /debug/pprof is served", [setting.stated("profiling")]), "path": setting.path("profiling")}
}

unknown contains finding if some finding in setting.unclear
