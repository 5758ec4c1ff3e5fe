# METADATA
# title: Faults of what lets pods of other tenants into a namespace
# description: What lets them in is as facts.tenancy.reached_by tells it.
# scope: package
package kubeassay.lib.tenancy

# METADATA
# title: At the rule that opens, or at the namespace where no policy limits anything
fault(cause, who) := {
	"message": sprintf("%s (%s) may connect to %s of %s: no policy limits it", [who, cause.namespaces, cause.ports, cause.workloads]),
	"path": ["metadata", "name"],
} if {
	cause.rule == ""
}

fault(cause, who) := {
	"message": sprintf("%s (%s) may connect to %s of %s: %s lets them", [who, cause.namespaces, cause.ports, cause.workloads, cause.rule]),
	"path": cause.at.path,
	"at": cause.at,
} if {
	cause.rule != ""
}
