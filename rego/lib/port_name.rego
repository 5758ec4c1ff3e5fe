# METADATA
# title: Names of ports
# scope: package
# related_resources:
#   - ref: https://www.rfc-editor.org/rfc/rfc6335#section-5.1
package kubeassay.lib.port_name

# METADATA
# title: The API server takes the name for a container's port
valid(name) if {
	count(name) <= 15
	regex.match(`^[a-z0-9]+(-[a-z0-9]+)*$`, name)
	regex.match(`[a-z]`, name)
}
