"""How a kind carries a pod template, and the way back from a field of the template to the object."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from scanner.collect.paths import Path, walk

_NONE: Mapping[str, Any] = {}
_INHERITED = frozenset(
    {
        "affinity",
        "automountServiceAccountToken",
        "dnsConfig",
        "dnsPolicy",
        "enableServiceLinks",
        "hostAliases",
        "hostNetwork",
        "hostUsers",
        "imagePullSecrets",
        "nodeSelector",
        "priorityClassName",
        "runtimeClassName",
        "schedulerName",
        "securityContext",
        "serviceAccountName",
        "tolerations",
        "topologySpreadConstraints",
        "volumes",
    }
)
"""Fields of a pod spec that runs and workflows state for all of their pods."""
_LIST_KEYS = {"volumes": "name", "env": "name", "volumeMounts": "mountPath"}


@dataclass(frozen=True, slots=True)
class Template:
    """A pod template found in an object."""

    metadata: Mapping[str, Any]
    spec: Mapping[str, Any]
    places: Mapping[Path, Path]
    """Path in the pod template → path in the object; the longest prefix of a path counts."""

    def place(self, path: Path) -> Path:
        """The path in the object of a path in the pod template."""
        if len(self.places) == 1 and () in self.places:
            return self.places[()] + path
        for length in range(len(path), -1, -1):
            found = self.places.get(path[:length])
            if found is not None:
                return (*found, *path[length:])
        return path


@dataclass(frozen=True, slots=True)
class Carrier:
    """Where a kind has pod templates (objects with `metadata` and `spec`).

    A location is a tuple of keys; `*` stands for every item of a list or every value of a mapping.
    """

    location: tuple[str, ...]

    def templates(self, body: Mapping[str, Any]) -> Iterator[Template]:
        """Every pod template in the object."""
        for path, found in walk(body, self.location):
            if isinstance(found, dict) and isinstance(spec := found.get("spec"), dict):
                metadata = found.get("metadata")
                yield Template(metadata if isinstance(metadata, dict) else _NONE, spec, {(): path})


@dataclass(frozen=True, slots=True)
class SpecCarrier(Carrier):
    """Where a kind has pod specs without a template around them, perhaps under names of its own."""

    containers: tuple[tuple[str, ...], ...] = (("containers",),)
    """Where the containers of the pod stand in the spec, in lists or alone."""
    init_containers: tuple[tuple[str, ...], ...] = (("initContainers",),)
    pod_defaults: tuple[tuple[str, ...], ...] = ()
    """Where in the object pod fields stand that hold unless the spec has them, the nearest first."""
    container_defaults: str = ""
    """The field of the spec with what holds for containers that do not set it."""
    container_fields: Mapping[str, str] = field(default_factory=dict)
    """Names of a container's fields here → as Kubernetes calls them."""

    def templates(self, body: Mapping[str, Any]) -> Iterator[Template]:
        """Every pod spec in the object that has a container."""
        for path, found in walk(body, self.location):
            if not isinstance(found, dict):
                continue
            places: dict[Path, Path] = {("spec",): path, ("metadata",): (*path, "metadata")}
            spec = dict(found)
            for key, locations in (
                ("containers", self.containers),
                ("initContainers", self.init_containers),
            ):
                listed = list(self._containers(found, path, key, locations, places))
                spec.pop(key, None)
                if listed:
                    spec[key] = listed
            if "containers" not in spec and "initContainers" not in spec:
                continue
            for location in self.pod_defaults:
                for base, defaults in walk(body, location):
                    if isinstance(defaults, dict):
                        fields = {key: value for key, value in defaults.items() if key in _INHERITED}
                        _complete(spec, fields, ("spec",), base, places, deep=False)
            metadata = found.get("metadata")
            yield Template(metadata if isinstance(metadata, dict) else _NONE, spec, places)

    def _containers(
        self,
        spec: Mapping[str, Any],
        base: Path,
        key: str,
        locations: tuple[tuple[str, ...], ...],
        places: dict[Path, Path],
    ) -> Iterator[Mapping[str, Any]]:
        defaults = spec.get(self.container_defaults) if self.container_defaults else None
        number = 0
        for location in locations:
            for path, found in walk(spec, location, base):
                items = enumerate(found) if isinstance(found, list) else [(None, found)]
                for index, item in items:
                    # a `ref` stands for a container that another object describes
                    if not isinstance(item, dict) or "ref" in item:
                        continue
                    here = path if index is None else (*path, index)
                    there: Path = ("spec", key, number)
                    places[there] = here
                    container, names = self._with_usual_names(item)
                    places.update({(*there, usual): (*here, name) for usual, name in names.items()})
                    if isinstance(defaults, dict):
                        fields, names = self._with_usual_names(defaults)
                        around = (*base, self.container_defaults)
                        _complete(container, fields, there, around, places, names, deep=True)
                    number += 1
                    yield container

    def _with_usual_names(self, item: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
        """A container with its fields called as in Kubernetes, and those names → the names here."""
        names = {usual: name for name, usual in self.container_fields.items() if name in item}
        container = {key: value for key, value in item.items() if key not in self.container_fields}
        return container | {usual: item[name] for usual, name in names.items()}, names


def _complete(
    own: dict[str, Any],
    defaults: Mapping[str, Any],
    there: Path,
    base: Path,
    places: dict[Path, Path],
    names: Mapping[str, str] = _NONE,
    *,
    deep: bool,
) -> None:
    """Add to `own` what only `defaults` have, and to `places` where that stands."""
    for key, value in defaults.items():
        source = (*base, names.get(key, key))
        name = _LIST_KEYS.get(key)
        mine = own.get(key)
        if mine is None:
            own[key] = value
            places[*there, key] = source
        elif name and isinstance(mine, list) and isinstance(value, list):
            taken = [item.get(name) for item in mine if isinstance(item, dict)]
            mine = own[key] = list(mine)
            for index, item in enumerate(value):
                if isinstance(item, dict) and item.get(name) not in taken:
                    places[*there, key, len(mine)] = (*source, index)
                    mine.append(item)
        elif deep and isinstance(mine, dict) and isinstance(value, dict):
            mine = own[key] = dict(mine)
            _complete(mine, value, (*there, key), source, places, deep=True)
