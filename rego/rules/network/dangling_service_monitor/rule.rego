# METADATA
# title: Monitor watches nothing
# description: What was to be watched goes unwatched, and no alert says so.
# scope: package
# related_resources:
#   - ref: https://prometheus-operator.dev/docs/developer/getting-started/#using-servicemonitors
# custom:
#   id: KA-N-0046
#   severity: low
#   over: object
#   kinds: [ServiceMonitor.monitoring.coreos.com, PodMonitor.monitoring.coreos.com]
#   snapshot_only: true
#   reads: [facts.monitors.selects_none]
#   tags: [reliability]
#   remediation: Correct the selector or the namespaceSelector, or delete the monitor.
package kubeassay.rules.network.dangling_service_monitor

fail contains finding if {
	input.facts.monitors.selects_none == true
	finding := {
		"message": sprintf("The %s matches nothing in the namespaces that it watches", [input.kind]),
		"path": ["spec", "selector"],
	}
}

not_applicable contains {"message": "The input leaves out what is in kube-system", "path": ["spec", "selector"]} if {
	not known
}

known if is_boolean(input.facts.monitors.selects_none)
