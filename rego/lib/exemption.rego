# METADATA
# title: Lists of what a rule leaves alone
# scope: package
package kubeassay.lib.exemption

# METADATA
# title: A name is in a list, whose entries may end in `*`
listed(entries, name) if name in entries

listed(entries, name) if {
	some entry in entries
	endswith(entry, "*")
	startswith(name, trim_suffix(entry, "*"))
}

# METADATA
# title: All of an opening's ports are single ones that a list names, such as `TCP 443`
ports_listed(entries, ranges) if {
	every range in ranges {
		range[1] == range[2]
		sprintf("%s %d", [range[0], range[1]]) in entries
	}
}
