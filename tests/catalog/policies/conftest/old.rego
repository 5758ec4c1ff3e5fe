package legacy

deny[msg] {
	input.kind == "Service"
	input.spec.type == "NodePort"
	msg = sprintf("service %v opens a port on every node", [input.metadata.name])
}
