"""What autoscalers scale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scanner.collect.interface import Resource
from scanner.facts.fields import entries, field, mapping, text
from scanner.facts.index import Index, namespace_of
from scanner.facts.subject import Subject, once, workload_of

AUTOSCALER = "HorizontalPodAutoscaler.autoscaling"
_APPS = ("apps", "extensions")


def target(index: Index, unit: Subject) -> dict[str, Any]:
    """Over autoscalers: the kind and name of what one scales, and whether it is at hand."""
    key = "targetRef" if unit.resource.kind == "VerticalPodAutoscaler" else "scaleTargetRef"
    reference = mapping(unit.resource.body, "spec", key)
    kind, name = text(reference, "kind") or "Deployment", text(reference, "name")
    namespace = namespace_of(unit.resource)
    exists = any(index.get(each, namespace, name) for each in _group_kinds(reference))
    return {"kind": kind, "name": name, "path": ["spec", key, "name"], "exists": exists}


def autoscaler(index: Index, unit: Subject) -> dict[str, Any] | None:
    """Over workloads: the HorizontalPodAutoscaler that scales it, and which use of resources it watches."""
    found = scaled_by(index, workload_of(unit).resource)
    if found is None:
        return None
    return {
        "name": found.name,
        "watches": sorted(_watched(found.body)),
        "defaulted": sorted(_requests_by_default(index, namespace_of(found))),
    }


def minimum(autoscaler: Resource) -> int:
    """The fewest replicas that a HorizontalPodAutoscaler keeps."""
    found = field(autoscaler.body, "spec", "minReplicas")
    return found if isinstance(found, int) else 1


def scaled_by(index: Index, workload: Resource) -> Resource | None:
    """The HorizontalPodAutoscaler that scales an object, if one is at hand."""
    return _targets(index).get((workload.group_kind, namespace_of(workload), workload.name))


@once
def _targets(index: Index) -> Mapping[tuple[str, str, str], Resource]:
    found = {}
    for resource in index.by_kind.get(AUTOSCALER, ()):
        reference = mapping(resource.body, "spec", "scaleTargetRef")
        for group_kind in _group_kinds(reference):
            found[group_kind, namespace_of(resource), text(reference, "name")] = resource
    return found


def _group_kinds(reference: Mapping[str, Any]) -> Iterator[str]:
    kind = text(reference, "kind") or "Deployment"
    group, slash, _ = text(reference, "apiVersion").rpartition("/")
    if not slash and text(reference, "apiVersion"):
        yield kind
        return
    # the group in the reference is often an old or missing one, and the controller finds it all the same
    for each in _APPS if group in ("", *_APPS) else (group,):
        yield f"{kind}.{each}"


def _watched(body: Any) -> Iterator[str]:
    metrics = entries(body, "spec", "metrics")
    if not metrics and "metrics" not in mapping(body, "spec"):
        yield "cpu"
    for _, metric in metrics:
        for key in ("resource", "containerResource"):
            found = mapping(metric, key)
            usage = text(found, "target", "type") == "Utilization" or "targetAverageUtilization" in found
            if usage and text(found, "name"):
                yield text(found, "name")


def _requests_by_default(index: Index, namespace: str) -> set[str]:
    return {
        name
        for ranges in index.in_namespace("LimitRange", namespace)
        for _, limit in entries(ranges.body, "spec", "limits")
        if text(limit, "type") == "Container"
        for key in ("default", "defaultRequest")
        for name in mapping(limit, key)
    }
