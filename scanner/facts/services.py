"""What Services send their traffic to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scanner.collect.interface import Resource
from scanner.facts.fields import entries, field, mapping, text
from scanner.facts.images import parse
from scanner.facts.index import Index, namespace_of
from scanner.facts.selection import workloads_in
from scanner.facts.subject import Subject
from scanner.facts.workload import Workload


def selected(index: Index, unit: Subject) -> list[dict[str, Any]] | None:
    """Over Services: the workloads that one selects, each with the ports that it declares.

    None for a Service without a selector: its endpoints are somebody else's doing.
    """
    found = backends(index, unit.resource)
    if found is None:
        return None
    return [{"kind": w.resource.kind, "name": w.resource.name, "ports": list(_ports(w))} for w in found]


def backends(index: Index, service: Resource) -> list[Workload] | None:
    """The workloads that a Service selects; None when it has no selector."""
    selector = mapping(service.body, "spec", "selector")
    if not selector or field(service.body, "spec", "type") == "ExternalName":
        return None
    return list(workloads_in(index, namespace_of(service)).matching({"matchLabels": selector}))


def images_behind(index: Index, service: Resource) -> list[str]:
    """The repositories, with their registries, of the containers that a Service sends traffic to."""
    references = {
        text(container.body, "image")
        for workload in backends(index, service) or ()
        for container in workload.containers
        if container.type in ("container", "sidecar")
    }
    named = (parse(reference) for reference in references)
    return sorted({f"{image['registry']}/{image['repository']}" for image in named if image})


def _ports(workload: Workload) -> Iterator[dict[str, Any]]:
    for container in workload.containers:
        if container.type in ("container", "sidecar"):
            for _, port in entries(container.body, "ports"):
                yield {
                    "name": text(port, "name"),
                    "number": port.get("containerPort"),
                    "protocol": text(port, "protocol") or "TCP",
                }
