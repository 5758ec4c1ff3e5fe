"""Pods, Services and what stands before them, for tests, as short as they can be written."""

from __future__ import annotations

from typing import Any

from scanner.collect.interface import Resource
from tests.facts.objects import resource

GATEWAY_API = "gateway.networking.k8s.io/v1"


def pod(
    name: str = "web",
    namespace: str = "shop",
    ports: list[Any] | None = None,
    ip: str = "",
    labels: dict[str, str] | None = None,
    image: str = "web",
    **spec: Any,
) -> Resource:
    containers = [{"name": "main", "image": image, "ports": ports or []}]
    status = {"podIPs": [{"ip": each} for each in ip.split()]} if ip else {}
    spec = {"containers": containers, **spec}
    return resource("Pod", "v1", name, namespace, labels or {"app": name}, spec=spec, status=status)


def deployment(name: str = "web", namespace: str = "shop", **spec: Any) -> Resource:
    template = {"metadata": {"labels": {"app": name}}, "spec": spec}
    return resource("Deployment", "apps/v1", name, namespace, spec={"template": template})


def service(
    name: str = "web", namespace: str = "shop", ports: Any = None, selector: Any = None, **spec: Any
) -> Resource:
    ports = [{"port": 80}] if ports is None else ports
    spec = {"ports": ports, "selector": {"app": name} if selector is None else selector, **spec}
    return resource("Service", "v1", name, namespace, spec=spec)


def endpoint_slice(
    endpoints: Any, ports: Any, service: str = "web", namespace: str = "shop", name: str = "web-1"
) -> Resource:
    labels = {"kubernetes.io/service-name": service}
    api = "discovery.k8s.io/v1"
    return resource("EndpointSlice", api, name, namespace, labels, endpoints=endpoints, ports=ports)


def ingress(*backends: Any, namespace: str = "shop", **spec: Any) -> Resource:
    paths = [{"path": "/", "backend": backend} for backend in backends]
    spec = {"rules": [{"http": {"paths": paths}}], **spec}
    return resource("Ingress", "networking.k8s.io/v1", "front", namespace, spec=spec)


def backend(service: str = "web", **port: Any) -> dict[str, Any]:
    return {"service": {"name": service, "port": port or {"number": 80}}}


def gateway(*listeners: Any, namespace: str = "edge", **spec: Any) -> Resource:
    spec = {"gatewayClassName": "any", "listeners": list(listeners), **spec}
    return resource("Gateway", GATEWAY_API, "front", namespace, spec=spec)


def listener(protocol: str = "HTTP", port: int = 80, **more: Any) -> dict[str, Any]:
    everyone = {"namespaces": {"from": "All"}}
    return {"name": "main", "protocol": protocol, "port": port, "allowedRoutes": everyone, **more}


def route(*backends: Any, kind: str = "HTTPRoute", parents: Any = None, **spec: Any) -> Resource:
    parents = [{"name": "front", "namespace": "edge"}] if parents is None else parents
    spec = {"parentRefs": parents, "rules": [{"backendRefs": list(backends)}], **spec}
    return resource(kind, GATEWAY_API, "way", "shop", spec=spec)
