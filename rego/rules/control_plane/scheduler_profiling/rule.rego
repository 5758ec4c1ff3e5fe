# METADATA
# title: Scheduler offers profiling
# description: >-
#   Profiles show what the program does and holds in memory, and to take one costs it much time.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/command-line-tools-reference/kube-scheduler/
# custom:
#   id: KA-A-0137
#   severity: low
#   over: component
#   kinds: [kube-scheduler]
#   reads: [settings.profiling]
#   remediation: >-
#     Set --profiling=false of kube-scheduler, or enableProfiling to false in the file that --config names.
package kubeassay.rules.control_plane.scheduler_profiling

import data.kubeassay.lib.setting

fail contains finding if {
	setting.is_other_than("profiling", "false")
	finding := {"message": sprintf("%s: /debug/pprof is served", [setting.stated("profiling")]), "path": setting.path("profiling")}
}

unknown contains finding if some finding in setting.unclear
