"""Objects that tell of running parts of Kubernetes, for tests."""

from __future__ import annotations

from typing import Any

from scanner.collect.interface import Resource
from scanner.facts.components import Component, components
from scanner.facts.index import Index

from .objects import Nowhere


def pod(
    *command: Any,
    name: str = "kube-apiserver",
    node: str = "n1",
    namespace: str = "kube-system",
    labels: dict[str, Any] | None = None,
    image: str = "registry.k8s.io/kube-apiserver:v1.34.1",
    **container: Any,
) -> Resource:
    """A control-plane Pod of kubeadm's kind."""
    body = {"name": name, "image": image, "command": list(command), **container}
    return Resource(
        {
            "apiVersion": "v1",
            "kind": "Pod",
            "metadata": {
                "name": f"{name}-{node}",
                "namespace": namespace,
                "labels": {"component": name} if labels is None else labels,
            },
            "spec": {"nodeName": node, "containers": [body]},
        },
        Nowhere(),
    )


def facts(
    *argv: Any, component: str = "apiserver", source: str = "proc", name: str = "n1", **body: Any
) -> Resource:
    """NodeFacts with one process."""
    process = {"component": component, "source": source, "argv": list(argv)}
    return Resource(
        {
            "apiVersion": "kubeassay.dev/v1",
            "kind": "NodeFacts",
            "metadata": {"name": name},
            "processes": [process],
            **body,
        },
        Nowhere(),
    )


def node(name: str = "n1", **body: Any) -> Resource:
    """A Node; `labels`, `annotations`, `spec` and `status` may be given."""
    metadata = {key: body.pop(key) for key in ("labels", "annotations") if key in body}
    return Resource(
        {"apiVersion": "v1", "kind": "Node", "metadata": {"name": name, **metadata}, **body}, Nowhere()
    )


def cluster(**body: Any) -> Resource:
    """ClusterFacts."""
    return Resource(
        {"apiVersion": "kubeassay.dev/v1", "kind": "ClusterFacts", "metadata": {"name": "c"}, **body},
        Nowhere(),
    )


def index(*resources: Resource, minor: int = 34) -> Index:
    """All objects of a cluster."""
    return Index(resources, snapshot=True, kubernetes_minor=minor)


def only(*resources: Resource) -> tuple[Index, Component]:
    """The one component that the objects tell of."""
    found = index(*resources)
    (component,) = components(found)
    return found, component
