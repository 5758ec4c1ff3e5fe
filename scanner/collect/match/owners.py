"""From an object that a controller made to the one that somebody wrote: its owner, or the owner's owner."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from scanner.collect.interface import Location, Path, Resource
from scanner.collect.match.marks import labels_of, owner_of, uid_of
from scanner.collect.paths import reaches

_DEPTH = 8
_TEMPLATES: tuple[Path, ...] = (("spec", "template"), ("spec", "jobTemplate", "spec", "template"))
_HASH_LABELS = ("pod-template-hash", "rollouts-pod-template-hash")
_RUN = re.compile(r"-\d{6,}$")


@dataclass(frozen=True, slots=True)
class _Unread:
    """The origin of an owner that was not read."""

    uri: str

    def locate(self, path: Path) -> Location:
        return Location(self.uri, approximate=True)


class Owners:
    """The live objects, to be looked up by those that they own."""

    def __init__(self, resources: Sequence[Resource]) -> None:
        self._by_uid = {uid: resource for resource in resources if (uid := uid_of(resource))}
        self._by_name = {(r.kind, r.namespace, r.name): r for r in resources}

    def above(self, resource: Resource) -> Iterator[Resource]:
        """The owner of an object, its owner, and so on; one that is not at hand has only its names."""
        for _ in range(_DEPTH):
            above = self._known(resource) or _implied(resource)
            if above is None:
                return
            yield above
            resource = above

    def _known(self, resource: Resource) -> Resource | None:
        owner = owner_of(resource)
        if owner is None:
            return None
        known = self._by_uid.get(owner.uid) or self._by_name.get((owner.kind, resource.namespace, owner.name))
        known = known or self._by_name.get((owner.kind, "", owner.name))
        if known is not None:
            return known
        stub = _stub(owner.api_version, owner.kind, resource.namespace, owner.name)
        marks = labels_of(resource)
        found = next((str(marks[key]) for key in _HASH_LABELS if marks.get(key)), "")
        if found:
            stub.body["metadata"]["labels"] = {_HASH_LABELS[0]: found}
        return stub


def _implied(resource: Resource) -> Resource | None:
    """The owner that an object's name tells of, where the object itself was not read."""
    if uid_of(resource) or resource.body.get("spec"):
        return None
    if resource.kind == "ReplicaSet":
        ending = f"-{labels_of(resource).get(_HASH_LABELS[0], '')}"
        if len(ending) > 1 and resource.name.endswith(ending):
            name = resource.name.removesuffix(ending)
            return _stub(resource.api_version, "Deployment", resource.namespace, name)
    if resource.kind == "Job" and _RUN.search(resource.name):
        return _stub(resource.api_version, "CronJob", resource.namespace, _RUN.sub("", resource.name))
    return None


def _stub(api_version: str, kind: str, namespace: str, name: str) -> Resource:
    body = {"apiVersion": api_version, "kind": kind, "metadata": {"namespace": namespace, "name": name}}
    return Resource(body, _Unread(f"{kind} {namespace}/{name}"))


def way_to(kind: str, source: Resource) -> tuple[Callable[[Path], Path | None], bool]:
    """How the fields of an object of a kind stand in the source of its owner, and whether they do at all."""
    if kind == "Pod":
        for template in _TEMPLATES:
            if reaches(source.body, (*template, "spec")):
                return _under(template), True
    elif kind == "Job" and reaches(source.body, ("spec", "jobTemplate")):
        return _under(("spec", "jobTemplate")), True
    elif kind == "ReplicaSet" and source.kind == "Deployment":
        return _spec_alone, True
    return _leading, False


def _under(prefix: Path) -> Callable[[Path], Path | None]:
    def way(path: Path) -> Path | None:
        inherited = path[:1] == ("spec",) or path[:2] in (("metadata", "labels"), ("metadata", "annotations"))
        return (*prefix, *path) if inherited else None

    return way


def _spec_alone(path: Path) -> Path | None:
    return path if path[:1] == ("spec",) else None


def _leading(_path: Path) -> None:
    return None
