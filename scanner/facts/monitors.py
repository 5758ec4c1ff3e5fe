"""What the monitors of the Prometheus operator watch."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scanner.collect.interface import Resource
from scanner.facts.fields import field, mapping, values
from scanner.facts.index import Index, namespace_of, selects
from scanner.facts.selection import workloads_in
from scanner.facts.subject import Subject


def selects_none(index: Index, unit: Subject) -> bool:
    """Over ServiceMonitors and PodMonitors: whether none of the Services or pods at hand is watched."""
    return next(_watched(index, unit.resource), None) is None


def _watched(index: Index, monitor: Resource) -> Iterator[Any]:
    selector = mapping(monitor.body, "spec", "selector")
    for namespace in _namespaces(index, monitor):
        if monitor.kind == "PodMonitor":
            yield from workloads_in(index, namespace).matching(selector)
            continue
        for service in index.in_namespace("Service", namespace):
            if selects(selector, mapping(service.body, "metadata", "labels")):
                yield service


def _namespaces(index: Index, monitor: Resource) -> list[str]:
    chosen = mapping(monitor.body, "spec", "namespaceSelector")
    if field(chosen, "any") is True:
        return list(index.namespaces)
    named = [name for name in values(chosen, "matchNames") if isinstance(name, str)]
    return named or [namespace_of(monitor)]
