"""What Services send their traffic to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from scanner.collect.interface import Path, Resource
from scanner.facts.index import Index, namespace_of
from scanner.facts.network.services import readiness
from scanner.facts.selection import pods_in
from scanner.facts.subject import Subject
from scanner.facts.workload import Workload
from scanner.fields import entries, field, mapping, text

Port = tuple[Any, str]
"""A number or a name, and the protocol."""

# what the API server refuses is a fault of its own
_NAME = re.compile(r"(?=.{1,15}$)(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*")
_NUMBERS = range(1, 65_536)


def selects_none(index: Index, unit: Subject) -> bool | None:
    """Over Services: whether none of the workloads at hand is selected; None without a selector."""
    found = _selected(index, unit.resource)
    return None if found is None else next(found, None) is None


def unknown_ports(index: Index, unit: Subject) -> list[Path]:
    """Over Services: where one names a port that no container behind it has."""
    named = [t for t in _targets(unit.resource) if isinstance(t[1], str) and _NAME.fullmatch(t[1])]
    behind = _behind(index, unit.resource) if named else ()
    names = set(_declared(behind, "name"))
    return [path for path, port, protocol in named if behind and (port, protocol) not in names]


def undeclared_ports(index: Index, unit: Subject) -> list[Path]:
    """Over Services: where one gives a port's number, and the containers behind it declare others only."""
    numbered = [t for t in _targets(unit.resource) if isinstance(t[1], int) and t[1] in _NUMBERS]
    numbers = set(_declared(_behind(index, unit.resource), "containerPort"))
    return [path for path, port, protocol in numbered if numbers and (port, protocol) not in numbers]


def unready(index: Index, unit: Subject) -> dict[str, Any] | None:
    """Over Services: how many endpoints are `listed` and how many of them `ready`, and the field that leads
    to them; None where no EndpointSlices or Endpoints are at hand.

    One with a selector and no endpoints at all may be scaled to zero: that is not told.
    """
    service = unit.resource
    found = readiness(index, service)
    selector = mapping(service.body, "spec", "selector")
    if found is None or (selector and not found) or text(service.body, "spec", "type") == "ExternalName":
        return None
    path = ["spec", "selector"] if selector else ["spec", "ports"]
    return {"path": path, "listed": len(found), "ready": sum(found)}


def images_behind(index: Index, service: Resource) -> list[str]:
    """The images of the containers that a Service sends traffic to."""
    containers = (c for workload in _behind(index, service) for c in workload.containers)
    found = {text(c.body, "image") for c in containers if c.type in ("container", "sidecar")}
    return sorted(found - {""})


def _behind(index: Index, service: Resource) -> Sequence[Workload]:
    return list(_selected(index, service) or ())


def _selected(index: Index, service: Resource) -> Iterator[Workload] | None:
    selector = mapping(service.body, "spec", "selector")
    if not selector or field(service.body, "spec", "type") == "ExternalName":
        return None
    return pods_in(index, namespace_of(service)).matching({"matchLabels": selector})


def _targets(service: Resource) -> Iterator[tuple[Path, Any, str]]:
    for at, port in entries(service.body, "spec", "ports"):
        key = "targetPort" if port.get("targetPort") else "port"
        yield ("spec", "ports", at, key), port.get(key), text(port, "protocol") or "TCP"


def _declared(workloads: Sequence[Workload], key: str) -> Iterator[Port]:
    for workload in workloads:
        for container in workload.containers:
            if container.type in ("container", "sidecar"):
                for _, port in entries(container.body, "ports"):
                    found = port.get(key)
                    yield found if isinstance(found, (str, int)) else None, text(port, "protocol") or "TCP"
