package kubeassay.lib.load_balancer_test

import data.kubeassay.lib.load_balancer

annotated(annotations) := {"metadata": {"annotations": annotations}, "spec": {"type": "LoadBalancer"}}

test_internal_by_annotation if {
	load_balancer.private with input as annotated({"networking.gke.io/load-balancer-type": "Internal"})
	load_balancer.private with input as annotated({"service.beta.kubernetes.io/azure-load-balancer-internal": "true"})
	not load_balancer.private with input as annotated({"service.beta.kubernetes.io/azure-load-balancer-internal": "false"})
	not load_balancer.private with input as {"spec": {"type": "LoadBalancer"}}
}

test_aws_controller_is_internal_by_default if {
	load_balancer.private with input as {"spec": {"loadBalancerClass": "service.k8s.aws/nlb"}}
	load_balancer.private with input as annotated({"service.beta.kubernetes.io/aws-load-balancer-type": "external"})
	not load_balancer.private with input as annotated({
		"service.beta.kubernetes.io/aws-load-balancer-type": "external",
		"service.beta.kubernetes.io/aws-load-balancer-scheme": "internet-facing",
	})
	not load_balancer.private with input as annotated({"service.beta.kubernetes.io/aws-load-balancer-type": "nlb"})
}

test_restricted_by_ranges if {
	load_balancer.restricted with input as {"spec": {"loadBalancerSourceRanges": ["192.0.2.0/24"]}}
	load_balancer.restricted with input as annotated({"service.beta.kubernetes.io/load-balancer-source-ranges": "192.0.2.0/24"})
	not load_balancer.restricted with input as {"spec": {"loadBalancerSourceRanges": ["0.0.0.0/0"]}}
	not load_balancer.restricted with input as {"spec": {"loadBalancerSourceRanges": []}}
}
