"""What autoscalers scale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scanner.collect.interface import Resource
from scanner.facts.index import Index, namespace_of
from scanner.facts.limit_ranges import defaults
from scanner.facts.subject import Subject, once, workload_of
from scanner.fields import entries, field, mapping, text

AUTOSCALER = "HorizontalPodAutoscaler.autoscaling"
_APPS = ("apps", "extensions")


def missing_target(index: Index, unit: Subject) -> dict[str, Any] | None:
    """Over autoscalers: what one scales, if that is not at hand."""
    key = "targetRef" if unit.resource.kind == "VerticalPodAutoscaler" else "scaleTargetRef"
    reference = mapping(unit.resource.body, "spec", key)
    kind, name = text(reference, "kind") or "Deployment", text(reference, "name")
    namespace = namespace_of(unit.resource)
    if any(index.get(each, namespace, name) for each in _group_kinds(reference)):
        return None
    return {"kind": kind, "name": name, "path": ["spec", key, "name"]}


def is_scaled(index: Index, unit: Subject) -> bool:
    """Over workloads: whether a HorizontalPodAutoscaler at hand scales it."""
    return scaled_by(index, workload_of(unit).resource) is not None


def requests_needed(index: Index, unit: Subject) -> list[str]:
    """Over workloads: the resources that its containers must request for its autoscaler to work.

    Those that the namespace's LimitRanges fill in are left out.
    """
    found = scaled_by(index, workload_of(unit).resource)
    if found is None:
        return []
    return sorted(set(_watched(found.body)).difference(defaults(index, unit)["requests"]))


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
