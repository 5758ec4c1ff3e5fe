# METADATA
# title: Admission plugins that an API server runs
# description: Reads facts.admission_plugins.enabled.
# scope: package
package kubeassay.lib.admission

_found := input.facts.admission_plugins.enabled

# METADATA
# title: Where the flag that adds plugins stands, or would stand
enable := _found.enable

# METADATA
# title: Where the flag that takes plugins away stands, or would stand
disable := _found.disable

is_on(name) if name in _found.plugins

# METADATA
# title: The plugins are known, and this one is not among them
is_off(name) if {
	plugins := {plugin | some plugin in _found.plugins}
	is_array(_found.plugins)
	not name in plugins
}

# METADATA
# title: The flag that takes plugins away names it
is_switched_off(name) if name in _found.off

unclear contains fault if {
	fault := {
		"message": sprintf("Which admission plugins run is not known: %s; %s", [_found.unknown, _found.learn]),
		"path": _found.path,
	}
}
