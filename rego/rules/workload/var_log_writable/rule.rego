# METADATA
# title: Container can write to the node's /var/log
# description: >-
#   The kubelet serves this folder as root and follows links in it. Whoever can place a link there and ask
#   for logs reads any file of the node, such as its keys.
# scope: package
# related_resources:
#   - ref: https://www.aquasec.com/blog/kubernetes-security-pod-escape-log-mounts/
# custom:
#   id: KA-W-0044
#   severity: high
#   over: workload
#   reads: [containers.volumeMounts.name, containers.volumeMounts.readOnly, spec.volumes.hostPath, spec.volumes.name]
#   remediation: Set readOnly to true on the volumeMount; collectors of logs need not write.
package kubeassay.rules.workload.var_log_writable

import data.kubeassay.lib.host_path

fail contains finding if {
	some mount in host_path.writable
	mount.volume.category == "log"
	finding := {
		"message": sprintf("{container} can write to the node's %s, where the kubelet follows links", [mount.volume.host_path]),
		"path": mount.path,
	}
}
