# METADATA
# title: API server proves nothing to etcd
# description: >-
#   etcd must then serve everybody who reaches its port, and it holds every Secret of the cluster.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/
# custom:
#   id: KA-A-0122
#   severity: high
#   over: component
#   kinds: [kube-apiserver]
#   reads: [settings.etcd-certfile, settings.etcd-keyfile, settings.etcd-servers]
#   remediation: Set --etcd-certfile and --etcd-keyfile of kube-apiserver to a pair that etcd trusts.
package kubeassay.rules.control_plane.etcd_client_certificate_missing

import data.kubeassay.lib.datastore
import data.kubeassay.lib.setting

flags := {"etcd-certfile", "etcd-keyfile"}

fail contains finding if {
	some name in flags
	setting.is_empty(name)
	datastore.remote
	finding := {"message": sprintf("%s: etcd cannot tell the API server from others", [setting.stated(name)]), "path": setting.path(name)}
}

not_applicable contains {"message": datastore.why_local, "path": []} if datastore.local

settled if datastore.local

settled if {
	every name in flags {
		setting.is_set(name)
	}
}

unknown contains finding if {
	some finding in setting.unclear
	not settled
}
