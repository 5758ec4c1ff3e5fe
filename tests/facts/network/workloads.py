"""Workloads, policies and ways in for tests, in namespace shop, and what is judged."""

from __future__ import annotations

from typing import Any

from scanner.collect.interface import Resource
from scanner.evaluate.projection import Unit
from scanner.facts.index import Index
from scanner.facts.workload import workloads
from tests.facts.objects import resource

NAMESPACE = "kubernetes.io/metadata.name"


def deployment(name: str = "web", namespace: str = "shop", **spec: Any) -> Resource:
    pods = {
        "metadata": {"labels": {"app": name}},
        "spec": {"containers": [{"name": "main", "ports": [{"containerPort": 8080}]}], **spec},
    }
    return resource("Deployment", "apps/v1", name, namespace, spec={"template": pods})


def live(name: str, owner: str, namespace: str = "shop", address: str = "", **body: Any) -> Resource:
    """A running pod of a Deployment, by way of a ReplicaSet that is not at hand."""
    references = [{"kind": "Deployment", "apiVersion": "apps/v1", "name": owner, "controller": True}]
    labels = {"app": owner, "pod-template-hash": "1"}
    spec = {"nodeName": "n1", "containers": [{"name": "main"}]}
    pod = resource("Pod", "v1", name, namespace, labels, spec=spec, status={"podIP": address}, **body)
    pod.body["metadata"]["ownerReferences"] = references
    return pod


def policy(
    name: str = "web", namespace: str = "shop", pods: dict[str, Any] | None = None, **spec: Any
) -> Resource:
    types = [key.capitalize() for key in ("ingress", "egress") if key in spec]
    body = {"podSelector": pods or {}, "policyTypes": types or ["Ingress", "Egress"], **spec}
    return resource("NetworkPolicy", "networking.k8s.io/v1", name, namespace, spec=body)


def admin(kind: str, **spec: Any) -> Resource:
    body = {"subject": {"namespaces": {}}, "priority": 1, **spec}
    return resource(kind, "policy.networking.k8s.io/v1alpha1", "default", spec=body)


def service(kind: str = "ClusterIP", name: str = "web", namespace: str = "shop", **more: Any) -> Resource:
    spec = {"type": kind, "selector": {"app": name}, "ports": [{"port": 80, "targetPort": 8080}], **more}
    return resource("Service", "v1", name, namespace, spec=spec)


def ingress(name: str = "web") -> Resource:
    backend = {"service": {"name": name, "port": {"number": 80}}}
    return resource("Ingress", "networking.k8s.io/v1", name, "shop", spec={"defaultBackend": backend})


def node(*addresses: str) -> Resource:
    listed = [{"type": "InternalIP", "address": address} for address in addresses]
    return resource("Node", "v1", "n1", status={"addresses": listed})


def namespace(name: str, **labels: str) -> Resource:
    return resource("Namespace", "v1", name, labels=labels)


def index(*resources: Resource) -> Index:
    return Index(resources, snapshot=True)


def unit(judged: Resource) -> Unit:
    """A workload as it is judged."""
    return Unit(judged, next(workloads(judged)))


def whole(name: str) -> Unit:
    """A namespace as it is judged."""
    return Unit(namespace(name), namespace=name)


def peer(name: str) -> dict[str, Any]:
    """All pods of a namespace."""
    return {"namespaceSelector": {"matchLabels": {NAMESPACE: name}}}
