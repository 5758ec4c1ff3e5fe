# METADATA
# title: The ingress-nginx controller among containers, and its version
# scope: package
# related_resources:
#   - ref: https://github.com/kubernetes/ingress-nginx/releases
package kubeassay.lib.ingress_nginx

_image := `(^|/)(ingress-nginx/controller(-chroot)?|kubernetes-ingress-controller/nginx-ingress-controller)(:|@|$)`

# METADATA
# title: Whether an image is the controller of the Kubernetes project
controller(image) if regex.match(_image, image)

# METADATA
# title: The version in the controller's tag, as a list of three numbers; undefined without one
version(image) := [to_number(part) | some part in split(number, ".")] if {
	[[_, number]] := regex.find_all_string_submatch_n(`:v?(\d+\.\d+\.\d+)`, image, 1)
}

# METADATA
# title: Whether a version lets anyone in the pod network run code in the controller (CVE-2025-1974)
remote_code_execution(image) if version(image) < [1, 11, 5]

remote_code_execution(image) if version(image) == [1, 12, 0]
