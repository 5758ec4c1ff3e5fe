"""Which objects a pod template names, and which of those are not there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from scanner.collect.interface import Path
from scanner.facts.index import Index, namespace_of
from scanner.facts.subject import Subject, once, workload_of
from scanner.facts.workload import Workload
from scanner.fields import entries, field, mapping, text

_MADE_BY_THE_CLUSTER = {
    ("ConfigMap", "kube-root-ca.crt"),
    ("PriorityClass.scheduling.k8s.io", "system-cluster-critical"),
    ("PriorityClass.scheduling.k8s.io", "system-node-critical"),
}
_CLUSTER_WIDE = ("PriorityClass.scheduling.k8s.io", "RuntimeClass.node.k8s.io")
_VOLUMES = {
    "configMap": ("ConfigMap", "name"),
    "secret": ("Secret", "secretName"),
    "persistentVolumeClaim": ("PersistentVolumeClaim", "claimName"),
}
_PROJECTED = {"configMap": "ConfigMap", "secret": "Secret"}
_ENVIRONMENT = {"configMapKeyRef": "ConfigMap", "secretKeyRef": "Secret"}
_ENVIRONMENT_FROM = {"configMapRef": "ConfigMap", "secretRef": "Secret"}
_CONTENTS = {"ConfigMap": ("data", "binaryData"), "Secret": ("data", "stringData")}


@dataclass(frozen=True, slots=True)
class Reference:
    """An object that a pod cannot start without."""

    path: Path
    """The field of the pod template that names it."""
    group_kind: str
    name: str


def missing(index: Index, unit: Subject) -> list[dict[str, Any]]:
    """Over workloads: the objects it needs and that are not at hand, and whether any of their kind is."""
    workload = workload_of(unit)
    namespace = namespace_of(workload.resource)
    return [
        {
            "path": found.path,
            "kind": found.group_kind.partition(".")[0],
            "name": found.name,
            "kind_at_hand": bool(index.by_kind.get(found.group_kind)),
        }
        for found in references(workload)
        if (found.group_kind, found.name) not in _MADE_BY_THE_CLUSTER
        and not index.get(
            found.group_kind, "" if found.group_kind in _CLUSTER_WIDE else namespace, found.name
        )
    ]


def missing_keys(index: Index, unit: Subject) -> list[dict[str, Any]]:
    """Over workloads: the keys it needs of a ConfigMap or Secret that has not got them, or `shown` none."""
    held = _keys(index)
    if not held:
        return []
    workload = workload_of(unit)
    namespace = namespace_of(workload.resource)
    return [
        {"path": path, "kind": kind, "object": name, "shown": bool(keys)}
        for path, kind, name, key in _keyed(workload)
        if (keys := held.get((kind, namespace, name))) is not None and key not in keys
    ]


def governing_service(index: Index, unit: Subject) -> dict[str, Any] | None:
    """Over StatefulSets: the Service that names the pods, and whether it is at hand."""
    stateful_set = workload_of(unit).resource
    name = text(stateful_set.body, "spec", "serviceName")
    if not name:
        return None
    return {"name": name, "exists": index.get("Service", namespace_of(stateful_set), name) is not None}


def references(workload: Workload) -> Iterator[Reference]:
    """The objects without which a pod cannot start; optional ones are left out."""
    yield from _of_volumes(workload.spec)
    for container in workload.containers:
        for at, variable in entries(container.body, "env"):
            source = mapping(variable, "valueFrom")
            for key, kind in _ENVIRONMENT.items():
                yield from _named(source, key, "name", kind, (*container.path, "env", at, "valueFrom"))
        for at, source in entries(container.body, "envFrom"):
            for key, kind in _ENVIRONMENT_FROM.items():
                yield from _named(source, key, "name", kind, (*container.path, "envFrom", at))
    for key, kind in zip(("priorityClassName", "runtimeClassName"), _CLUSTER_WIDE, strict=True):
        if text(workload.spec, key):
            yield Reference(("spec", key), kind, text(workload.spec, key))


@once
def _keys(index: Index) -> Mapping[tuple[str, str, str], set[Any]]:
    """Kind, namespace and name of each ConfigMap and Secret → the keys shown in any of its versions."""
    found: dict[tuple[str, str, str], set[Any]] = {}
    for kind, contents in _CONTENTS.items():
        for resource in index.by_kind.get(kind, ()):
            keys = found.setdefault((kind, namespace_of(resource), resource.name), set())
            keys.update(*(mapping(resource.body, each) for each in contents))
    return found


def _keyed(workload: Workload) -> Iterator[tuple[Path, str, str, str]]:
    """Where a key is named without which the pod cannot start; the kind and name of the object; the key."""
    for container in workload.containers:
        for at, variable in entries(container.body, "env"):
            source = mapping(variable, "valueFrom")
            for key, kind in _ENVIRONMENT.items():
                path: Path = (*container.path, "env", at, "valueFrom", key)
                for reference in _named(source, key, "name", kind, path):
                    yield (*path, "key"), kind, reference.name, text(source, key, "key")
    for at, volume in entries(workload.spec, "volumes"):
        path = ("spec", "volumes", at)
        for key in _PROJECTED:
            yield from _items(volume, key, _VOLUMES[key][1], path)
        for number, source in entries(volume, "projected", "sources"):
            for key in _PROJECTED:
                yield from _items(source, key, "name", (*path, "projected", "sources", number))


def _items(source: Any, key: str, name: str, path: Path) -> Iterator[tuple[Path, str, str, str]]:
    for reference in _named(source, key, name, _PROJECTED[key], path):
        for at, item in entries(source, key, "items"):
            yield (*path, key, "items", at, "key"), reference.group_kind, reference.name, text(item, "key")


def _of_volumes(spec: Any) -> Iterator[Reference]:
    for at, volume in entries(spec, "volumes"):
        path: Path = ("spec", "volumes", at)
        for key, (kind, name) in _VOLUMES.items():
            yield from _named(volume, key, name, kind, path)
        for number, source in entries(volume, "projected", "sources"):
            for key, kind in _PROJECTED.items():
                yield from _named(source, key, "name", kind, (*path, "projected", "sources", number))


def _named(source: Any, key: str, name: str, kind: str, path: Path) -> Iterator[Reference]:
    if text(source, key, name) and field(source, key, "optional") is not True:
        yield Reference((*path, key, name), kind, text(source, key, name))
