# METADATA
# title: API server does not verify etcd
# description: >-
#   Whoever gets between the API server and etcd can pose as etcd, and so read and change everything.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/
# custom:
#   id: KA-A-0125
#   severity: high
#   over: component
#   kinds: [kube-apiserver]
#   reads: [settings.etcd-cafile, settings.etcd-servers]
#   remediation: Set --etcd-cafile of kube-apiserver to the authority that signs etcd's certificate.
package kubeassay.rules.control_plane.etcd_authority_missing

import data.kubeassay.lib.datastore
import data.kubeassay.lib.setting

flags := {"etcd-cafile"}

fail contains finding if {
	some name in flags
	setting.is_empty(name)
	datastore.remote
	finding := {"message": sprintf("%s: etcd's certificate is not verified by an authority of its own", [setting.stated(name)]), "path": setting.path(name)}
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
