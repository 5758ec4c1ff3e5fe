"""One view of a workload, whatever kind carries its pod template."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from scanner.collect.interface import Path, Resource
from scanner.facts.carrier import Template
from scanner.facts.pod_specs import CARRIERS

CONTAINER_LISTS = (
    ("containers", "container"),
    ("initContainers", "init"),
    ("ephemeralContainers", "ephemeral"),
)


@dataclass(frozen=True, slots=True)
class Container:
    """One container of a pod template."""

    type: str
    """`container`, `init`, `sidecar` (an init container with restartPolicy Always) or `ephemeral`."""
    path: Path
    """Where it stands in the pod template, such as ("spec", "containers", 0)."""
    name: str
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Workload:
    """A pod template and the object that carries it."""

    resource: Resource
    template: Template
    containers: tuple[Container, ...]

    @property
    def metadata(self) -> Mapping[str, Any]:
        """The pods' metadata."""
        return self.template.metadata

    @property
    def spec(self) -> Mapping[str, Any]:
        """The pods' spec, its fields named as Kubernetes names them."""
        return self.template.spec

    def with_spec(self, spec: Mapping[str, Any]) -> Workload:
        """The same with another spec, whose lists have the same positions."""
        template = replace(self.template, spec=spec)
        return replace(self, template=template, containers=tuple(_containers(spec)))

    def field_path(self, path: Path) -> Path:
        """The path in the object of a path in the pod template."""
        return self.template.place(path)


def workloads(resource: Resource) -> Iterator[Workload]:
    """Every pod template that an object carries; none for an object that makes no pods."""
    for carrier in CARRIERS.get(resource.group_kind, ()):
        for template in carrier.templates(resource.body):
            yield Workload(resource, template, tuple(_containers(template.spec)))


def _containers(spec: Mapping[str, Any]) -> Iterator[Container]:
    for key, kind in CONTAINER_LISTS:
        entries = spec.get(key)
        if not isinstance(entries, list):
            continue
        for index, body in enumerate(entries):
            if isinstance(body, dict):
                sidecar = kind == "init" and body.get("restartPolicy") == "Always"
                name = body.get("name")
                yield Container(
                    "sidecar" if sidecar else kind,
                    ("spec", key, index),
                    name if isinstance(name, str) else "",
                    body,
                )
