package kubeassay.rules.workload.storage_class_unencrypted_test

import data.kubeassay.rules.workload.storage_class_unencrypted

class(provisioner, parameters) := {"provisioner": provisioner, "parameters": parameters}

test_unencrypted_fails if {
	found := storage_class_unencrypted.fail with input as class("ebs.csi.aws.com", {"type": "gp3"})
	{finding.path | some finding in found} == {["parameters", "encrypted"]}
	count(storage_class_unencrypted.fail) == 1 with input as {"provisioner": "ebs.csi.aws.com"}
	count(storage_class_unencrypted.fail) == 1 with input as class("driver.longhorn.io", {"encrypted": "false"})
}

test_encrypted_passes if {
	count(storage_class_unencrypted.fail) == 0 with input as class("ebs.csi.aws.com", {"encrypted": "true"})
	count(storage_class_unencrypted.fail) == 0 with input as class("pxd.portworx.com", {"secure": "true"})
}

test_other_drivers_do_not_apply if {
	count(storage_class_unencrypted.fail) == 0 with input as class("pd.csi.storage.gke.io", {})
	count(storage_class_unencrypted.not_applicable) == 1 with input as class("pd.csi.storage.gke.io", {})
}
