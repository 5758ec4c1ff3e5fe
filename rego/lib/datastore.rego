# METADATA
# title: Where an API server keeps its data
# description: Reads settings.etcd-servers.
# scope: package
package kubeassay.lib.datastore

# METADATA
# title: Every endpoint is a socket on the API server's own node
local if {
	endpoints := [endpoint | some endpoint in split(input.settings["etcd-servers"].value, ","); endpoint != ""]
	count(endpoints) > 0
	every endpoint in endpoints {
		startswith(endpoint, "unix:")
	}
}

# METADATA
# title: The endpoints are known, and one of them is reached over a network
remote if {
	input.settings["etcd-servers"].value
	not local
}

# METADATA
# title: Why TLS to etcd does not matter then
why_local := "The data are reached through a socket on the API server's own node, and not over a network"
