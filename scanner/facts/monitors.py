"""What the monitors of the Prometheus operator watch."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scanner.collect.interface import Resource
from scanner.facts.index import DEFAULT_NAMESPACE, SYSTEM_NAMESPACE, Index, namespace_of, selects
from scanner.facts.selection import pods_in
from scanner.facts.subject import Subject
from scanner.fields import field, mapping, values

_API_SERVER = {"component": "apiserver", "provider": "kubernetes"}
"""The labels of the Service `kubernetes`, which every cluster has in the namespace `default`."""


def selects_none(index: Index, unit: Subject) -> bool | None:
    """Over ServiceMonitors and PodMonitors: whether it watches none of the Services or pods.

    None where none at hand is watched, but one may be in `kube-system`, whose pods are not at hand.
    """
    if next(_watched(index, unit.resource), None) is not None:
        return False
    return None if any(map(index.is_left_out, _namespaces(index, unit.resource))) else True


def _watched(index: Index, monitor: Resource) -> Iterator[Any]:
    selector = mapping(monitor.body, "spec", "selector")
    for namespace in _namespaces(index, monitor):
        if monitor.kind == "PodMonitor":
            yield from pods_in(index, namespace).matching(selector)
            continue
        services = index.in_namespace("Service", namespace)
        labels = [mapping(service.body, "metadata", "labels") for service in services]
        if namespace == DEFAULT_NAMESPACE:
            labels.append(_API_SERVER)
        yield from (each for each in labels if selects(selector, each))


def _namespaces(index: Index, monitor: Resource) -> list[str]:
    chosen = mapping(monitor.body, "spec", "namespaceSelector")
    if field(chosen, "any") is True:
        return [*index.namespaces, DEFAULT_NAMESPACE, SYSTEM_NAMESPACE]
    named = [name for name in values(chosen, "matchNames") if isinstance(name, str)]
    return named or [namespace_of(monitor)]
