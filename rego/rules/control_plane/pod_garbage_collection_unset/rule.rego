# METADATA
# title: Nobody chose how many finished Pods are kept
# description: >-
#   By default 12500 Pods that have ended are kept, which a small cluster's API server and etcd may not bear.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/command-line-tools-reference/kube-controller-manager/
# custom:
#   id: KA-A-0130
#   severity: low
#   over: component
#   kinds: [kube-controller-manager]
#   reads: [settings.terminated-pod-gc-threshold]
#   remediation: >-
#     Set --terminated-pod-gc-threshold of kube-controller-manager to what the cluster can bear, for example
#     100.
package kubeassay.rules.control_plane.pod_garbage_collection_unset

import data.kubeassay.lib.setting

fail contains finding if {
	input.settings["terminated-pod-gc-threshold"].source == "default"
	finding := {
		"message": sprintf("%s", [setting.stated("terminated-pod-gc-threshold")]),
		"path": setting.path("terminated-pod-gc-threshold"),
	}
}

fail contains finding if {
	input.settings["terminated-pod-gc-threshold"].source != "default"
	setting.is_less_than("terminated-pod-gc-threshold", 1)
	finding := {
		"message": sprintf("%s: finished Pods are never removed", [setting.stated("terminated-pod-gc-threshold")]),
		"path": setting.path("terminated-pod-gc-threshold"),
	}
}

unknown contains finding if some finding in setting.unclear
