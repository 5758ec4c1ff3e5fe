"""Who owns whom: a Deployment, its ReplicaSets and their Pods are one subject, the Deployment.

An owned object is not judged again, for its owner's template speaks for it. One that differs from the
template is judged for what differs, and one whose owner has no template at hand is judged in the owner's
place, once for all that are equal.

Source: https://kubernetes.io/docs/concepts/overview/working-with-objects/owners-dependents/
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import msgspec

from scanner import fields
from scanner.collect.interface import Resource
from scanner.facts.pod_specs import CARRIERS
from scanner.facts.settled import apparmor, plain, settled, without_host_ports
from scanner.facts.workload import Workload, workloads

_POD = "Pod"
_HASH = "pod-template-hash"
_REVISIONS = frozenset({"ReplicaSet.apps", "ReplicationController"})
"""Kinds of which controllers keep old ones, scaled to nothing."""
_FINISHING = frozenset({"Job.batch", _POD})
_DEEPEST = 12
"""More owners above each other than any controllers make; a hostile dump may go in circles."""

Reference = tuple[str, str, str]
_encode = msgspec.json.encode


class Objects(Protocol):
    """Where owners are looked up."""

    @property
    def resources(self) -> Sequence[Resource]:
        """All objects of the scan."""

    def get(self, group_kind: str, namespace: str, name: str) -> Resource | None:
        """The object of that kind and name, if it is at hand."""


@dataclass(slots=True, eq=False)
class Deviation:
    """Owned objects, pods as a rule, that differ alike from the template they were made from."""

    workload: Workload
    """The first of them."""
    base: Workload
    """What is judged beside it: faults that this has as well are not the pods' own."""
    top: Resource
    """The owner that is judged."""
    others: list[Resource] = field(default_factory=list)
    """Further ones that are equal to the first."""


@dataclass(frozen=True, slots=True, eq=False)
class _Template:
    """What owned objects are compared with."""

    workload: Workload
    look: tuple[Any, ...]
    base: Workload
    """What is judged for it: itself, or what it is equal to."""


@dataclass(frozen=True, slots=True, eq=False)
class _Place:
    """Where an object stands: what is judged for it, and what its own pods are compared with."""

    top: Resource
    templates: Sequence[_Template]
    claims: frozenset[str] = frozenset()


@dataclass(slots=True, eq=False)
class _Alike:
    """Owned objects with one owner that look the same."""

    first: Resource
    templates: Sequence[_Template]
    deviations: Sequence[Deviation | None]


class Owners:
    """All objects with pod templates, each with what it stands under."""

    def __init__(self, objects: Objects, namespace_of: Callable[[Resource], str]) -> None:
        self._objects = objects
        self._namespace_of = namespace_of
        self._places: dict[int, _Place | None] = {}
        self._parents: dict[tuple[str, ...], Resource | None] = {}
        self._alike: dict[tuple[Any, ...], _Alike] = {}
        self._deviating: dict[tuple[Any, ...], Deviation] = {}
        self._instances: dict[tuple[Any, ...], tuple[Resource, Sequence[Workload]]] = {}
        self._labels: set[tuple[int, bytes]] = set()
        self.judged: list[Workload] = []
        """The pod templates that speak for themselves."""
        self.deviations: list[Deviation] = []
        """Those that differ from the template of their owner."""
        self.owned: set[int] = set()
        """`id` of every object that another one is judged for."""
        self.alike: dict[int, list[Resource]] = {}
        """`id` of an object that stands for others → those; they have one owner and look the same."""
        self.tops: dict[int, Resource] = {}
        """`id` of the first of owned objects that look the same → what is judged for them."""
        self.labelled: list[Workload] = []
        """Of the pods that are not judged, one for each set of labels, for selectors to find."""
        for resource in objects.resources:
            if resource.group_kind in CARRIERS and not self._sleeps(resource):
                self._place(resource, 0)

    def topmost(self, resource: Resource) -> Resource:
        """The topmost owner at hand, whatever its kind; the object itself when nothing owns it."""
        for _ in range(_DEEPEST):
            owner = self._parent(resource)
            if owner is None or owner.group_kind == "Node":
                break
            resource = owner
        return resource

    def _sleeps(self, resource: Resource) -> bool:
        """It is owned and runs no pods: an old ReplicaSet, or what is finished."""
        body, kind = resource.body, resource.group_kind
        if kind == _POD:
            asleep = fields.text(body, "status", "phase") in ("Succeeded", "Failed")
        elif kind == "Job.batch":
            asleep = any(
                condition.get("type") in ("Complete", "Failed") and condition.get("status") == "True"
                for _, condition in fields.entries(body, "status", "conditions")
            )
        else:
            scaled = fields.field(body, "spec", "replicas")
            asleep = scaled == 0 and not fields.field(body, "status", "replicas")
        if not asleep or _controller(resource) is None:
            return False
        if kind not in _REVISIONS:
            owner = self._parent(resource)
            asleep = owner is not None and (kind in _FINISHING or owner.group_kind in CARRIERS)
        if asleep:
            self.owned.add(id(resource))
        return asleep

    def _parent(self, resource: Resource) -> Resource | None:
        """The controller of an object, if it is at hand."""
        reference = _controller(resource)
        if reference is None:
            return None
        namespace = self._namespace_of(resource)
        key = (namespace, *reference)
        if key not in self._parents:
            self._parents[key] = self._find(*key)
        found = self._parents[key]
        if found is None and reference[0] == "ReplicaSet.apps":
            return self._deployment(resource, namespace, reference[1])
        return found

    def _find(self, namespace: str, kind: str, name: str, uid: str) -> Resource | None:
        get = self._objects.get
        found = get(kind, namespace, name) or get(kind, "", name)
        if found is None:
            return None
        theirs = fields.text(found.body, "metadata", "uid")
        return found if not uid or not theirs or uid == theirs else None

    def _deployment(self, pod: Resource, namespace: str, name: str) -> Resource | None:
        """The Deployment of a pod whose ReplicaSet is not at hand: its name is in the ReplicaSet's."""
        mark = fields.text(pod.body, "metadata", "labels", _HASH)
        if not mark or not name.endswith(f"-{mark}"):
            return None
        return self._objects.get("Deployment.apps", namespace, name.removesuffix(f"-{mark}"))

    def _place(self, resource: Resource, depth: int) -> _Place:
        known = self._places.get(id(resource))
        if known is not None:
            return known
        if id(resource) in self._places or depth > _DEEPEST:  # owners in a circle
            return _Place(resource, ())
        self._places[id(resource)] = None
        place = self._placed(resource, depth)
        self._places[id(resource)] = place
        return place

    def _placed(self, resource: Resource, depth: int) -> _Place:
        reference = _controller(resource)
        carried = list(workloads(resource))
        if reference is None or reference[0] == "Node":
            return self._judge(resource, carried)
        owner = self._parent(resource)
        above = self._place(owner, depth + 1) if owner is not None else None
        if owner is not None and above is not None:
            if not carried:  # a controller between two others, which has no template of its own
                return above
            if above.templates and owner.group_kind != _POD:
                return self._under(resource, carried, above, id(owner))
        return self._instead(resource, carried, (self._namespace_of(resource), *reference))

    def _judge(self, resource: Resource, found: Sequence[Workload]) -> _Place:
        self.judged.extend(found)
        return _Place(resource, [_Template(w, _look(w), w) for w in found], _claims(resource))

    def _under(self, resource: Resource, carried: Sequence[Workload], above: _Place, owner: int) -> _Place:
        """An object whose owner's templates are at hand."""
        looks = [_look(workload, above.claims) for workload in carried]
        key = (owner, *(_encode(look) for look in looks))
        alike = self._alike.get(key)
        if alike is None:
            compared = [_compared(w, look, above) for w, look in zip(carried, looks, strict=True)]
            if any(nearest is None for nearest, _ in compared):
                return self._instead(resource, carried, (owner,))
            templates, deviations = [], []
            for workload, look, (nearest, same) in zip(carried, looks, compared, strict=True):
                assert nearest is not None  # noqa: S101 - told above
                deviation = None if same else self._deviation(workload, nearest, above, owner)
                base = deviation.workload if deviation else nearest.base
                templates.append(_Template(workload, look, base))
                deviations.append(deviation)
            alike = self._alike[key] = _Alike(resource, templates, deviations)
            self.tops[id(resource)] = above.top
        else:
            self.alike.setdefault(id(alike.first), []).append(resource)
        for deviation in alike.deviations:
            if deviation and deviation.workload.resource is not resource:
                deviation.others.append(resource)
        self.owned.add(id(resource))
        self._keep_labels(carried, owner)
        return _Place(above.top, alike.templates, _claims(resource))

    def _deviation(self, workload: Workload, nearest: _Template, above: _Place, owner: int) -> Deviation:
        clean = settled(workload.spec, workload.metadata, above.claims)
        key = (owner, id(nearest), _encode(clean))
        if key not in self._deviating:
            found = Deviation(_cleaned(workload), nearest.base, above.top)
            self._deviating[key] = found
            self.deviations.append(found)
        return self._deviating[key]

    def _instead(
        self, resource: Resource, carried: Sequence[Workload], owner: tuple[str | int, ...]
    ) -> _Place:
        """Judge an object itself, once for all that are equal and have one owner."""
        looks = [_look(workload) for workload in carried]
        key = (*owner, resource.group_kind, *(_encode(look) for look in looks))
        known = self._instances.get(key)
        if known is None:
            self._instances[key] = resource, carried
            self.owned.discard(id(resource))
            return self._judge(resource, carried)
        first, found_before = known
        self.alike.setdefault(id(first), []).append(resource)
        self.owned.add(id(resource))
        self._keep_labels(carried, id(first))
        templates = [_Template(w, look, b) for w, look, b in zip(carried, looks, found_before, strict=True)]
        return _Place(first, templates, _claims(resource))

    def _keep_labels(self, carried: Sequence[Workload], owner: int) -> None:
        for workload in carried:
            key = (owner, _encode(fields.mapping(workload.metadata, "labels")))
            if key not in self._labels:
                self._labels.add(key)
                self.labelled.append(workload)


def _compared(workload: Workload, look: tuple[Any, ...], above: _Place) -> tuple[_Template | None, bool]:
    """The template that an owned one was made from, and whether it still looks the same.

    None when it has no container in common with any.
    """
    for template in above.templates:
        if template.look == look:
            return template, True
    clean = settled(workload.spec, workload.metadata, above.claims)
    for template in above.templates:
        if settled(template.workload.spec, template.workload.metadata, above.claims) == clean:
            return template, True
    names = _names(workload)
    nearest = max(above.templates, key=lambda template: len(_names(template.workload) & names))
    return (nearest, False) if _names(nearest.workload) & names else (None, False)


def _look(workload: Workload, claims: frozenset[str] = frozenset()) -> tuple[Any, ...]:
    """What is compared of a pod template."""
    return plain(workload.spec, claims), apparmor(workload.metadata)


def _claims(resource: Resource) -> frozenset[str]:
    """The volumes that a StatefulSet gives its pods for their claims."""
    claims = fields.entries(resource.body, "spec", "volumeClaimTemplates")
    return frozenset(fields.text(claim, "metadata", "name") for _, claim in claims)


def _controller(resource: Resource) -> Reference | None:
    """Kind, name and uid of what made an object."""
    metadata = resource.body.get("metadata")
    if not isinstance(metadata, dict) or "ownerReferences" not in metadata:
        return None
    for _, found in fields.entries(metadata, "ownerReferences"):
        if found.get("controller") is True:
            kind, group = fields.text(found, "kind"), fields.text(found, "apiVersion").rpartition("/")[0]
            name, uid = fields.text(found, "name"), fields.text(found, "uid")
            return f"{kind}.{group}" if group else kind, name, uid
    return None


def _names(workload: Workload) -> frozenset[str]:
    return frozenset(c.name for c in workload.containers if c.type == "container" and c.name)


def _cleaned(workload: Workload) -> Workload:
    """The workload without the host ports that the API server filled in."""
    spec = without_host_ports(workload.spec)
    return workload if spec is workload.spec else workload.with_spec(spec)
