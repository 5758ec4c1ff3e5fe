# METADATA
# title: Agent sandbox shares the node's kernel
# description: >-
#   A sandbox is there to run code that nobody has read, often written by a model. With the default runtime
#   one hole in the kernel is between that code and the node.
# scope: package
# related_resources:
#   - ref: https://agent-sandbox.sigs.k8s.io/
#   - ref: https://kubernetes.io/docs/concepts/containers/runtime-class/
# custom:
#   id: KA-W-0063
#   severity: high
#   over: workload
#   kinds: [Sandbox.agents.x-k8s.io, SandboxTemplate.extensions.agents.x-k8s.io]
#   reads: [spec.runtimeClassName]
#   remediation: Set runtimeClassName to a class of gVisor, Kata Containers or another isolating runtime.
#   parameters:
#     isolating:
#       default: [gvisor, kata, kata-clh, kata-fc, kata-qemu, kata-vm-isolation, runsc]
#       description: Names of the RuntimeClasses whose runtime has a kernel of its own.
package kubeassay.rules.workload.sandbox_not_isolated

fail contains finding if {
	class := object.get(input, ["spec", "runtimeClassName"], "")
	not class in data.scan.parameters["workload.sandbox_not_isolated"].isolating
	finding := {"message": message(class), "path": ["spec", "runtimeClassName"]}
}

message(class) := "The sandbox has no runtime class" if class == ""

else := "The sandbox's runtime class {value} is not known to isolate it from the node's kernel"
