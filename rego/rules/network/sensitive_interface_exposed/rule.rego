# METADATA
# title: Administrative interface is open to the outside
# description: >-
#   Interfaces such as these run jobs, change the cluster or show its data, and by default ask for no
#   login: attackers look for them and take over clusters with nothing else.
# scope: package
# related_resources:
#   - ref: https://www.microsoft.com/en-us/security/blog/2021/03/23/secure-containerized-environments-with-updated-threat-matrix-for-kubernetes/
# custom:
#   id: KA-N-0009
#   severity: high
#   over: object
#   kinds:
#     - Service
#     - Ingress.networking.k8s.io
#     - Ingress.extensions
#     - Route.route.openshift.io
#     - HTTPRoute.gateway.networking.k8s.io
#     - TLSRoute.gateway.networking.k8s.io
#     - TCPRoute.gateway.networking.k8s.io
#   reads:
#     - metadata.name
#     - metadata.annotations
#     - spec.type
#     - spec.loadBalancerClass
#     - spec.externalIPs
#     - facts.services.images
#     - facts.routes.backends
#   parameters:
#     images:
#       default: []
#       description: Further image repositories, such as example.com/admin/console, that count as interfaces.
#   remediation: >-
#     Keep the interface inside the cluster (kubectl port-forward, a VPN), or put an authenticating proxy
#     before it.
package kubeassay.rules.network.sensitive_interface_exposed

import data.kubeassay.lib.load_balancer

# repositories, without registry, of programs that ask for no login unless they are told to
interfaces := {
	"argoproj/argocli": "Argo Workflows",
	"apache/nifi": "Apache NiFi",
	"apache/flink": "Apache Flink",
	"flink": "Apache Flink",
	"rayproject/ray": "Ray",
	"kubeflow/central-dashboard": "Kubeflow",
	"kubeflownotebookswg/centraldashboard": "Kubeflow",
	"mlflow/mlflow": "MLflow",
	"weaveworks/scope": "Weave Scope",
	"kubernetesui/dashboard": "Kubernetes Dashboard",
	"kubernetesui/dashboard-web": "Kubernetes Dashboard",
	"kubernetesui/dashboard-api": "Kubernetes Dashboard",
	"kubernetes-dashboard-amd64": "Kubernetes Dashboard",
	"jenkins/jenkins": "Jenkins",
	"portainer/portainer": "Portainer",
	"portainer/portainer-ce": "Portainer",
	"prom/prometheus": "Prometheus",
	"prometheus/prometheus": "Prometheus",
	"prom/alertmanager": "Alertmanager",
	"prometheus/alertmanager": "Alertmanager",
	"jaegertracing/all-in-one": "Jaeger",
	"jaegertracing/jaeger": "Jaeger",
	"jaegertracing/jaeger-query": "Jaeger",
	"longhornio/longhorn-ui": "Longhorn",
	"chaos-mesh/chaos-dashboard": "Chaos Mesh",
	"cilium/hubble-ui": "Hubble",
	"kubeshark/front": "Kubeshark",
	"mongo-express": "mongo-express",
	"phpmyadmin": "phpMyAdmin",
	"phpmyadmin/phpmyadmin": "phpMyAdmin",
	"adminer": "Adminer",
	"rediscommander/redis-commander": "Redis Commander",
	"provectuslabs/kafka-ui": "Kafka UI",
	"obsidiandynamics/kafdrop": "Kafdrop",
	"hashicorp/consul": "Consul",
	"coreos/etcd": "etcd",
	"etcd-development/etcd": "etcd",
	"cadvisor/cadvisor": "cAdvisor",
	"vllm/vllm-openai": "vLLM",
	"ollama/ollama": "Ollama",
}

# what such Services are called, for scans that have not the workloads behind them
services := {
	"argo-server": "Argo Workflows",
	"argo-workflows-server": "Argo Workflows",
	"centraldashboard": "Kubeflow",
	"kubernetes-dashboard": "Kubernetes Dashboard",
	"kubernetes-dashboard-kong-proxy": "Kubernetes Dashboard",
	"weave-scope-app": "Weave Scope",
	"longhorn-frontend": "Longhorn",
	"hubble-ui": "Hubble",
}

fail contains finding if {
	input.kind == "Service"
	field := way_in
	name := interface(input.facts.services.images, input.metadata.name)
	finding := {"message": sprintf("%s is open to the outside of the cluster", [name]), "path": ["spec", field]}
}

fail contains finding if {
	not authenticated
	some backend in input.facts.routes.backends
	name := interface(backend.images, backend.service)
	finding := {
		"message": sprintf("%s is open to the outside by the Service %s", [name, backend.service]),
		"path": backend.path,
	}
}

way_in := "type" if {
	input.spec.type == "NodePort"
} else := "type" if {
	input.spec.type == "LoadBalancer"
	not load_balancer.private
} else := "externalIPs" if {
	some _ in input.spec.externalIPs
}

interface(images, _) := min(names) if {
	names := {name | some repository in images; name := named(repository)}
	count(names) > 0
}

interface(images, service) := services[service] if count(images) == 0

named(repository) := name if {
	some known, name in interfaces
	ends_in(repository, known)
}

named(repository) := repository if {
	repository in data.scan.parameters["network.sensitive_interface_exposed"].images
}

# mirrors keep the last parts of a name and put their own before
ends_in(repository, known) if repository == known

ends_in(repository, known) if endswith(repository, concat("", ["/", known]))

authenticated if {
	some name in {"auth-type", "auth-url", "auth-tls-secret"}
	input.metadata.annotations[concat("", ["nginx.ingress.kubernetes.io/", name])]
}
