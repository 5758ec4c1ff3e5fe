# METADATA
# title: What a component of Kubernetes is set to
# description: Reads settings.
# scope: package
package kubeassay.lib.setting

# METADATA
# title: The value, as text; undefined when it is not known, and for a flag that the version does not have
value(name) := input.settings[name].value

# METADATA
# title: Where the flag stands, or where it would stand
path(name) := input.settings[name].path

is_set(name) if value(name) != ""

is_empty(name) if value(name) == ""

is_unclear(name) if input.settings[name].unknown

# METADATA
# title: The value is known and is another one
is_other_than(name, wanted) if value(name) != wanted

# METADATA
# title: The value is a smaller number, or none at all
is_less_than(name, least) if to_number(number(name)) < least

is_less_than(name, _) if not_a_number(value(name))

number(name) := given if {
	given := value(name)
	regex.match(`^[+-]?[0-9]+$`, given)
}

not_a_number(text) if count(regex.find_n(`^[+-]?[0-9]+$`, text, 1)) == 0

# METADATA
# title: In words what the setting is, and from where
stated(name) := sprintf("--%s is %s", [name, value(name)]) if input.settings[name].source == "flag"

stated(name) := sprintf("%s is %s", [variable(name), value(name)]) if input.settings[name].source == "env"

stated(name) := sprintf("the configuration file sets %s to %s", [name, shown(name)]) if {
	input.settings[name].source == "file"
}

stated(name) := sprintf("the distribution sets --%s to %s", [name, shown(name)]) if {
	input.settings[name].source == "distribution"
}

stated(name) := sprintf("--%s is not set", [name]) if {
	input.settings[name].source == "default"
	value(name) == ""
}

stated(name) := sprintf("--%s is not set, and %s by default", [name, value(name)]) if {
	input.settings[name].source == "default"
	value(name) != ""
}

variable(name) := sprintf("ETCD_%s", [upper(replace(name, "-", "_"))])

shown(name) := value(name) if is_set(name)

shown(name) := "nothing" if is_empty(name)

# METADATA
# title: A fault for every setting that the rule reads and that is not known
unclear contains fault if {
	some name, found in input.settings
	fault := {
		"message": sprintf("The setting %s is not known: %s; %s", [name, found.unknown, found.learn]),
		"path": found.path,
	}
}
