"""What Ingresses and routes of the Gateway API send their traffic to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from scanner.collect.interface import Path, Resource
from scanner.facts.index import Index, namespace_of
from scanner.facts.subject import Subject
from scanner.fields import entries, field, mapping, text

GATEWAY = "gateway.networking.k8s.io"
_BY_ANNOTATION = "use-annotation"
"""The port's name by which the AWS controller knows a backend that an annotation describes."""


@dataclass(frozen=True, slots=True)
class Backend:
    """A Service that a route names."""

    path: Path
    """The field that names it."""
    service: str
    namespace: str
    port: Any
    """Name or number; None where the route gives none."""
    port_path: Path


def missing_services(index: Index, unit: Subject) -> list[dict[str, Any]]:
    """Over Ingresses and routes: the Services that one names and that are not at hand."""
    return [_described(b) for b in backends(unit.resource) if _service(index, b) is None]


def unknown_ports(index: Index, unit: Subject) -> list[dict[str, Any]]:
    """Over Ingresses and routes: the ports that one uses and that the Service at hand has not."""
    return [
        {**_described(backend), "path": backend.port_path}
        for backend in backends(unit.resource)
        if (service := _service(index, backend)) and not _serves(service, backend.port)
    ]


def ungranted_services(index: Index, unit: Subject) -> list[dict[str, Any]]:
    """Over routes: the Services at hand in other namespaces, which no ReferenceGrant lets one use."""
    route = unit.resource
    return [
        _described(backend)
        for backend in backends(route)
        if _service(index, backend) and not is_granted(index, route, backend)
    ]


def _described(backend: Backend) -> dict[str, Any]:
    return {"path": backend.path, "service": backend.service, "namespace": backend.namespace}


def _service(index: Index, backend: Backend) -> Resource | None:
    return index.get("Service", backend.namespace, backend.service)


def _serves(service: Resource, port: Any) -> bool:
    if not isinstance(port, (int, str)) or field(service.body, "spec", "type") == "ExternalName":
        return True
    return any(port in (p.get("port"), p.get("name")) for _, p in entries(service.body, "spec", "ports"))


def is_granted(index: Index, route: Resource, backend: Backend) -> bool:
    """Whether a route may use a Service: of its own namespace, or by a ReferenceGrant."""
    home = namespace_of(route)
    return home == backend.namespace or any(
        _grants(grant.body, route, home, backend.service)
        for grant in index.in_namespace(f"ReferenceGrant.{GATEWAY}", backend.namespace)
    )


def _grants(body: Any, route: Resource, home: str, service: str) -> bool:
    source = {"group": route.group, "kind": route.kind, "namespace": home}
    comes = any(
        all(text(entry, k) == v for k, v in source.items()) for _, entry in entries(body, "spec", "from")
    )
    goes = any(
        text(entry, "kind") == "Service" and text(entry, "name") in ("", service)
        for _, entry in entries(body, "spec", "to")
    )
    return comes and goes


def backends(route: Resource) -> Iterator[Backend]:
    """The Services that an Ingress or a route names."""
    match route.kind:
        case "Ingress":
            yield from _of_ingress(route)
        case "Route":
            yield from _of_openshift_route(route)
        case _:
            yield from _of_gateway_route(route)


def _of_ingress(ingress: Resource) -> Iterator[Backend]:
    namespace = namespace_of(ingress)
    for path, backend in _ingress_backends(ingress.body):
        name_path: tuple[str, ...] = ("serviceName",)
        port_path: tuple[str, ...] = ("servicePort",)
        if isinstance(backend.get("service"), dict):
            port = mapping(backend, "service", "port")
            key = "name" if "name" in port else "number"
            name_path, port_path = ("service", "name"), ("service", "port", key)
        name, number = text(backend, *name_path), field(backend, *port_path)
        if name and number != _BY_ANNOTATION:
            yield Backend((*path, *name_path), name, namespace, number, (*path, *port_path))


def _ingress_backends(body: Any) -> Iterator[tuple[Path, Any]]:
    for key in ("defaultBackend", "backend"):
        if isinstance(field(body, "spec", key), dict):
            yield ("spec", key), body["spec"][key]
    for at, rule in entries(body, "spec", "rules"):
        for number, path in entries(rule, "http", "paths"):
            if isinstance(path.get("backend"), dict):
                yield ("spec", "rules", at, "http", "paths", number, "backend"), path["backend"]


def _of_openshift_route(route: Resource) -> Iterator[Backend]:
    alternates = [("alternateBackends", at) for at, _ in entries(route.body, "spec", "alternateBackends")]
    for keys in [("to",), *alternates]:
        path = ("spec", *keys)
        if text(route.body, *path, "kind") in ("", "Service") and text(route.body, *path, "name"):
            name = text(route.body, *path, "name")
            yield Backend((*path, "name"), name, namespace_of(route), None, path)


def _of_gateway_route(route: Resource) -> Iterator[Backend]:
    for at, rule in entries(route.body, "spec", "rules"):
        for number, backend in entries(rule, "backendRefs"):
            if text(backend, "group") or text(backend, "kind") not in ("", "Service"):
                continue
            path = ("spec", "rules", at, "backendRefs", number)
            yield Backend(
                (*path, "name"),
                text(backend, "name"),
                text(backend, "namespace") or namespace_of(route),
                backend.get("port"),
                (*path, "port"),
            )
