# METADATA
# title: What the internet reaches of a workload, and how much harm that can do
# description: >-
#   Reads facts.exposure.from_internet, facts.isolation, containers.securityContext, spec.hostPID,
#   spec.volumes.hostPath.
# scope: package
package kubeassay.lib.exposure

import data.kubeassay.lib.capabilities
import data.kubeassay.lib.exemption
import data.kubeassay.lib.host_path
import data.kubeassay.lib.isolation

# METADATA
# title: How whoever breaks into the pods takes the node as well
powers contains "it runs privileged" if {
	some container in input.containers
	container.securityContext.privileged == true
}

powers contains "it sees the processes of the node" if input.spec.hostPID == true

powers contains sprintf("it mounts %s of the node", [volume.host_path]) if {
	some volume in host_path.volumes
	volume.category in {"runtime_socket", "sensitive"}
}

powers contains sprintf("it adds the capability %s", [capability.canonical]) if {
	some capability in capabilities.added
	capability.canonical in {"ALL", "BPF", "DAC_READ_SEARCH", "SYS_ADMIN", "SYS_MODULE", "SYS_PTRACE", "SYS_RAWIO"}
}

# METADATA
# title: Why a break-in matters more than elsewhere
# description: The powers, and that a list of names or of labels (`key=value`) has the workload.
reasons(open, parameters) := (powers | named(open, parameters.critical)) | labelled(open, parameters.labels)

named(open, names) := {"it is listed as critical" | exemption.listed(names, open.workload)}

labelled(open, labels) := {reason |
	some key, value in open.labels
	label := sprintf("%s=%s", [key, value])
	label in labels
	reason := sprintf("its label %s says that it is critical", [label])
}

# METADATA
# title: Where a finding on an opening stands, and in words what lets the internet in
place(open) := {"path": ["metadata", "labels"], "words": "no policy limits it"} if {
	not let_in(open)
	count(open.rules) < 2
}

place(open) := {"path": ["metadata", "labels"], "words": "no policy limits some of its pods"} if {
	not let_in(open)
	count(open.rules) > 1
}

place(open) := {"path": rule.at.path, "at": rule.at, "words": words} if {
	let_in(open)
	rule := open.rules[0]
	words := sprintf("%s lets it in%s", [rule.rule, and_more(count(open.rules) - 1)])
}

let_in(open) if open.rules[0].rule != ""

and_more(0) := ""

and_more(1) := ", and so does one more rule"

and_more(n) := sprintf(", and so do %d more rules", [n]) if n > 1

# METADATA
# title: A fault of an opening
fault(message, place) := object.union({"message": message, "path": place.path}, at(place))

at(place) := {"at": place.at} if place.at

at(place) := {} if not place.at

# METADATA
# title: What cannot be told of the ways in
unclear contains fault(message, spot) if {
	perhaps := input.facts.exposure.from_internet.perhaps
	not open_for_certain
	spot := place(perhaps)
	some reason in perhaps.why
	message := sprintf("The internet may reach %s through %s: %s", [perhaps.ports, perhaps.ways, reason])
}

unclear contains finding if {
	input.facts.exposure.from_internet.open
	some finding in isolation.unclear("ingress", "closes", question)
}

unclear contains finding if {
	input.facts.exposure.from_internet == {}
	some finding in isolation.unclear("ingress", "opens", question)
}

open_for_certain if {
	input.facts.exposure.from_internet.open
	isolation.certain("ingress", "closes")
}

question := "Whether the internet reaches these pods"
