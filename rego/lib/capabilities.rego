# METADATA
# title: Linux capabilities that containers add and drop
# scope: package
# related_resources:
#   - ref: https://man7.org/linux/man-pages/man7/capabilities.7.html
package kubeassay.lib.capabilities

# METADATA
# title: Those that the baseline standard lets containers add
# description: The common runtimes grant them by default.
baseline := {
	"AUDIT_WRITE",
	"CHOWN",
	"DAC_OVERRIDE",
	"FOWNER",
	"FSETID",
	"KILL",
	"MKNOD",
	"NET_BIND_SERVICE",
	"SETFCAP",
	"SETGID",
	"SETPCAP",
	"SETUID",
	"SYS_CHROOT",
}

# METADATA
# title: Every capability that a container adds
# description: >-
#   Each with `name` as it is written, `canonical` as the kernel calls it without CAP_ (runtimes take
#   "cap_net_raw" for NET_RAW) and `path`. Reads containers.securityContext.
added contains capability if {
	some container in input.containers
	some i
	name := container.securityContext.capabilities.add[i]
	is_string(name)
	capability := {
		"name": name,
		"canonical": canonical(name),
		"path": array.concat(container.path, ["securityContext", "capabilities", "add", i]),
	}
}

# METADATA
# title: Paths of the `drop` lists that miss ALL, and whether they have NET_RAW
# description: >-
#   The standards accept only the literal "ALL". Reads containers.securityContext.
keeping contains kept if {
	some container in input.containers
	not drops_all(container)
	kept := {
		"path": array.concat(container.path, ["securityContext", "capabilities", "drop"]),
		"net_raw": count(dropped(container) & {"ALL", "NET_RAW"}) == 0,
	}
}

drops_all(container) if "ALL" in container.securityContext.capabilities.drop

dropped(container) := {canonical(name) |
	name := container.securityContext.capabilities.drop[_]
	is_string(name)
}

canonical(name) := trim_prefix(upper(name), "CAP_")
