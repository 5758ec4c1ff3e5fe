# METADATA
# title: Volumes of the StorageClass are not encrypted
# description: >-
#   Whoever gets at a disk, a snapshot or a backup reads what the pods stored. These drivers encrypt only
#   when told to, or when the account does so by default.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/storage/storage-classes/#parameters
# custom:
#   id: KA-W-0321
#   severity: medium
#   over: object
#   kinds: [StorageClass.storage.k8s.io]
#   reads: [provisioner, parameters]
#   remediation: Set the driver's parameter for encryption, and a key of your own where it takes one.
package kubeassay.rules.workload.storage_class_unencrypted

# drivers that leave volumes in plain text unless this parameter says otherwise
parameters := {
	"ebs.csi.aws.com": "encrypted",
	"ebs.csi.eks.amazonaws.com": "encrypted",
	"kubernetes.io/aws-ebs": "encrypted",
	"driver.longhorn.io": "encrypted",
	"rook-ceph.rbd.csi.ceph.com": "encrypted",
	"rbd.csi.ceph.com": "encrypted",
	"openshift-storage.rbd.csi.ceph.com": "encrypted",
	"diskplugin.csi.alibabacloud.com": "encrypted",
	"pxd.portworx.com": "secure",
	"csi.scaleway.com": "encrypted",
	"linodebs.csi.linode.com": "linodebs.csi.linode.com/luks-encrypted",
}

fail contains finding if {
	name := parameters[input.provisioner]
	lower(object.get(input, ["parameters", name], "false")) != "true"
	finding := {
		"message": sprintf("%s encrypts only with the parameter %s", [input.provisioner, name]),
		"path": ["parameters", name],
	}
}

not_applicable contains finding if {
	not known
	finding := {"message": "The driver always encrypts, or leaves it to the storage behind it", "path": []}
}

known if parameters[input.provisioner]
