# METADATA
# title: Permissions and owners of the files of a node's host
# scope: package
package kubeassay.lib.node_file

_limits := {"600": 384, "644": 420, "700": 448}

# METADATA
# title: Files that let anybody do what the limit does not
# description: Bits are compared, not numbers, for 0466 is less than 0600 and yet lets everybody read.
wider(roles, limit) := {finding |
	some file in _files(roles)
	bits.and(file.bits, bits.negate(_limits[limit])) != 0
	finding := {
		"message": sprintf("%s has mode %s, which allows what 0%s does not", [file.path, file.shown, limit]),
		"path": ["files", file.at, "mode"],
	}
}

# METADATA
# title: Files that do not belong to the owner, a user and group of one name
owned_by_others(roles, owner) := {finding |
	some file in _files(roles)
	_comparable(file, owner)
	some finding in _foreign(file, owner)
}

_foreign(file, owner) := {{
	"message": sprintf("%s belongs to %s:%s and not to %s:%s", [file.path, file.user, file.group, owner, owner]),
	"path": ["files", file.at, field],
} |
	field := [key | some key in ["user", "group"]; file[key] != owner][0]
}

# METADATA
# title: Files whose mode is not known, and those of the roles in `looked` that nobody looked at
mode_unclear(roles, looked) := {finding |
	some file in _files(roles)
	finding := {
		"message": sprintf("The mode of %s is not known: %s", [file.path, file.no_mode]),
		"path": ["files", file.at],
	}
} | _unknown(looked)

# METADATA
# title: Files whose owner is not known, and those of the roles in `looked` that nobody looked at
owner_unclear(roles, looked) := {finding |
	some file in _files(roles)
	finding := {
		"message": sprintf("The owner of %s is not known: %s", [file.path, file.no_owner]),
		"path": ["files", file.at],
	}
} | _unknown(looked)

# METADATA
# title: Files of which only a number tells the owner, which may be that of any user but root
nameless(roles) := {finding |
	some file in _files(roles)
	file.nameless
	finding := {
		"message": sprintf("%s belongs to %s:%s, which may be any account's number", [file.path, file.user, file.group]),
		"path": ["files", file.at],
	}
}

_comparable(_, owner) if owner == "root"

_comparable(file, _) if not file.nameless

# METADATA
# title: Why there is nothing to judge on the node
nothing(roles) := {{"message": concat("; ", reasons), "path": []} |
	count(_files(roles)) == 0
	reasons := {reason | some role in roles; reason := _role(role).not_applicable}
	count(reasons) > 0
}

# METADATA
# title: How many files of the roles there are
count_of(roles) := count(_files(roles))

_unknown(roles) := {{"message": reason, "path": ["files"]} |
	some role in roles
	reason := _role(role).unknown
}

_files(roles) := {file | some role in roles; some file in _role(role).files}

_role(role) := input.facts.host_files.by_role[role]
