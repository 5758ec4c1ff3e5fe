# METADATA
# title: Whom a Service of type LoadBalancer lets in
# description: Reads spec.type, spec.loadBalancerClass, spec.loadBalancerSourceRanges and metadata.annotations.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/services-networking/service/#internal-load-balancer
package kubeassay.lib.load_balancer

# METADATA
# title: The provider is told to make it reachable from its private network only
private if {
	some name, values in _internal_by_annotation
	lower(input.metadata.annotations[name]) in values
}

private if input.metadata.annotations["service.kubernetes.io/qcloud-loadbalancer-internal-subnetid"]

private if {
	_made_by_aws_controller
	not _internet_facing
}

# METADATA
# title: Only some addresses may connect
restricted if {
	some range in input.spec.loadBalancerSourceRanges
	not range in everywhere
}

restricted if {
	some name in {
		"service.beta.kubernetes.io/load-balancer-source-ranges",
		"service.beta.kubernetes.io/azure-allowed-ip-ranges",
		"service.beta.kubernetes.io/azure-allowed-service-tags",
	}
	value := input.metadata.annotations[name]
	not value in everywhere
}

# METADATA
# title: The ranges that let everyone in
everywhere := {"0.0.0.0/0", "::/0"}

_internal_by_annotation := {
	"service.beta.kubernetes.io/aws-load-balancer-internal": {"true", "0.0.0.0/0"},
	"service.beta.kubernetes.io/aws-load-balancer-scheme": {"internal"},
	"networking.gke.io/load-balancer-type": {"internal"},
	"cloud.google.com/load-balancer-type": {"internal"},
	"service.beta.kubernetes.io/azure-load-balancer-internal": {"true"},
	"service.beta.kubernetes.io/openstack-internal-load-balancer": {"true"},
	"service.beta.kubernetes.io/oci-load-balancer-internal": {"true"},
	"oci-network-load-balancer.oraclecloud.com/internal": {"true"},
	"service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type": {"intranet"},
	"service.beta.kubernetes.io/cce-load-balancer-internal-vpc": {"true"},
	"service.kubernetes.io/ibm-load-balancer-cloud-provider-ip-type": {"private"},
	"service.beta.kubernetes.io/do-loadbalancer-network": {"internal"},
	"service.beta.kubernetes.io/scw-loadbalancer-private": {"true"},
	"load-balancer.hetzner.cloud/disable-public-network": {"true"},
}

# the AWS Load Balancer Controller makes internal ones unless it is told otherwise
_made_by_aws_controller if input.spec.loadBalancerClass in {"service.k8s.aws/nlb", "eks.amazonaws.com/nlb"}

_made_by_aws_controller if {
	type := input.metadata.annotations["service.beta.kubernetes.io/aws-load-balancer-type"]
	type in {"external", "nlb-ip"}
}

_internet_facing if {
	scheme := input.metadata.annotations["service.beta.kubernetes.io/aws-load-balancer-scheme"]
	scheme == "internet-facing"
}
