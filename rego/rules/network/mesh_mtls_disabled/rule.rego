# METADATA
# title: Service mesh accepts plain text
# description: >-
#   Pods outside of the mesh can speak to its services, and neither who they are nor what they send is
#   protected on the way.
# scope: package
# related_resources:
#   - ref: https://istio.io/latest/docs/reference/config/security/peer_authentication/
# custom:
#   id: KA-N-0023
#   severity: medium
#   over: object
#   kinds: [PeerAuthentication.security.istio.io]
#   reads: [spec.mtls, spec.portLevelMtls]
#   remediation: Set the mode to STRICT once all clients are in the mesh.
package kubeassay.rules.network.mesh_mtls_disabled

fail contains finding if {
	input.spec.mtls.mode in {"DISABLE", "PERMISSIVE"}
	finding := {"message": "mTLS is {value}: plain text is accepted", "path": ["spec", "mtls", "mode"]}
}

fail contains finding if {
	some port, mtls in input.spec.portLevelMtls
	mtls.mode in {"DISABLE", "PERMISSIVE"}
	finding := {
		"message": sprintf("mTLS is {value} on port %v: plain text is accepted", [port]),
		"path": ["spec", "portLevelMtls", port, "mode"],
	}
}
