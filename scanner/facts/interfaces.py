"""Administrative interfaces that ask for no login unless they are told to, known by their images."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from scanner.facts.images import parse
from scanner.facts.index import Index
from scanner.facts.routes import backends
from scanner.facts.services import images_behind
from scanner.facts.subject import Subject, workload_of
from scanner.fields import mapping, text, values

_BY_IMAGE = {
    "argoproj/argocli": "Argo Workflows",
    "apache/nifi": "Apache NiFi",
    "apache/flink": "Apache Flink",
    "library/flink": "Apache Flink",
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
    "library/mongo-express": "mongo-express",
    "library/phpmyadmin": "phpMyAdmin",
    "phpmyadmin/phpmyadmin": "phpMyAdmin",
    "library/adminer": "Adminer",
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
"""End of an image's repository → program: mirrors put their own parts before it."""
_BY_SERVICE = {
    "argo-server": "Argo Workflows",
    "argo-workflows-server": "Argo Workflows",
    "centraldashboard": "Kubeflow",
    "kubernetes-dashboard": "Kubernetes Dashboard",
    "kubernetes-dashboard-kong-proxy": "Kubernetes Dashboard",
    "weave-scope-app": "Weave Scope",
    "longhorn-frontend": "Longhorn",
    "hubble-ui": "Hubble",
}
"""What their Services are called by default, for scans that have not the workloads behind them."""
_DASHBOARD = "Kubernetes Dashboard"
_TILLER = {"app": "helm", "name": "tiller"}


def behind(index: Index, unit: Subject) -> str:
    """Over Services: the interface that one leads to, if any."""
    return _interface(images_behind(index, unit.resource), unit.resource.name)


def routed(index: Index, unit: Subject) -> list[dict[str, Any]]:
    """Over Ingresses and routes: the interfaces that one leads to, and where it names their Services."""
    found = []
    for backend in backends(unit.resource):
        service = index.get("Service", backend.namespace, backend.service)
        program = _interface(images_behind(index, service) if service else (), backend.service)
        if program:
            found.append({"path": backend.path, "program": program, "service": backend.service})
    return found


def is_tiller(_: Index, unit: Subject) -> bool:
    """Over Services: whether one leads to the server of Helm 2."""
    selector = mapping(unit.resource.body, "spec", "selector")
    return unit.resource.name == "tiller-deploy" or _TILLER.items() <= selector.items()


def dashboard_arguments(_: Index, unit: Subject) -> list[dict[str, Any]]:
    """Over workloads: the arguments that the Kubernetes Dashboard is started with."""
    return [
        {"path": (*container.path, field, at), "argument": argument}
        for container in workload_of(unit).containers
        if _program(text(container.body, "image")) == _DASHBOARD
        for field in ("command", "args")
        for at, argument in enumerate(values(container.body, field))
    ]


def _interface(images: Sequence[str], service: str) -> str:
    if not images:
        return _BY_SERVICE.get(service, "")
    return min(filter(None, map(_program, images)), default="")


def _program(image: str) -> str:
    parsed = parse(image)
    return next(filter(None, map(_BY_IMAGE.get, _ends(parsed["repository"]))), "") if parsed else ""


def _ends(repository: str) -> Iterator[str]:
    parts = repository.split("/")
    yield "/".join(parts[-2:])
    yield parts[-1]
    yield f"library/{parts[-1]}"
