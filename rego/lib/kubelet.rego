# METADATA
# title: What a node's kubelet runs with
# scope: package
package kubeassay.lib.kubelet

# METADATA
# title: A setting, by its flag's name
setting(name) := input.facts.kubelet.settings[name]

# METADATA
# title: The value of a setting; undefined where it is not known
value(name) := setting(name).value

# METADATA
# title: A finding about a setting, with where it comes from
fault(name, what) := {"message": message, "path": found.path} if {
	found := setting(name)
	message := sprintf("%s: %s is %s by %s", [what, name, _shown(found), found.source])
}

_shown(found) := "unset" if found.shown == ""

else := found.shown

# METADATA
# title: Settings that are not known
unclear(names) := {{"message": sprintf("%s of the kubelet is not known: %s", [name, found.unknown]), "path": found.path} |
	some name in names
	found := setting(name)
	found.unknown
}

# METADATA
# title: Why there is no kubelet to judge
absent contains {"message": "The node is there for etcd alone and runs no kubelet", "path": []} if {
	count(input.facts.kubelet.settings) == 0
}
