"""Which objects a scan of a cluster was asked to judge; facts are worked out from all that were read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scanner.errors import UsageError
from scanner.facts.index import CLUSTER_SCOPED, OWN_GROUP, Index, namespace_of
from scanner.facts.subject import Subject, once
from scanner.fields import mapping, text, values

_SET = re.compile(r"(\S+)\s+(in|notin)\s*\(([^()]*)\)")
_EQUAL = re.compile(r"([^\s=!]+)\s*(==|=|!=)\s*([^\s=!]*)")
_KEY = re.compile(r"[^\s=!(),]+")
_COMMA = re.compile(r",(?![^()]*\))")
Requirement = Callable[[Mapping[str, Any]], bool]


def parse_selector(selector: str) -> tuple[Requirement, ...]:
    """The requirements of a label selector as kubectl takes it, such as `app=web,tier in (a, b),!old`.

    Raises UsageError for one that is not well formed.
    """
    return tuple(_requirement(part.strip(), selector) for part in _COMMA.split(selector) if selector.strip())


def _requirement(part: str, selector: str) -> Requirement:
    if found := _SET.fullmatch(part):
        key, wanted = found[1], found[2] == "in"
        names = {name.strip() for name in found[3].split(",")}
        return lambda labels: (labels.get(key) in names) == wanted if key in labels else not wanted
    if found := _EQUAL.fullmatch(part):
        key, same, value = found[1], found[2] != "!=", found[3]
        return lambda labels: (labels.get(key) == value) == same
    key = part.removeprefix("!").strip()
    if not _KEY.fullmatch(key):
        raise UsageError(
            f"{selector!r} is no label selector: cannot read {part!r}",
            "write it as for kubectl, such as app=web,tier!=test or 'tier in (a, b)'",
        )
    present = not part.startswith("!")
    return lambda labels: (key in labels) == present


@dataclass(frozen=True, slots=True, eq=False)
class Scope:
    """What was asked for."""

    namespaces: frozenset[str]
    """Only these, and nothing that is in no namespace; all when empty."""
    left_out: frozenset[str]
    selector: Sequence[Requirement]
    """What the labels of an object, of its pods or of its topmost owner must be."""

    @property
    def narrows(self) -> bool:
        """Only chosen objects were asked for, and so none of the cluster's own parts."""
        return bool(self.namespaces or self.selector)

    def judges(self, index: Index, unit: Subject) -> bool:
        """Whether a unit is judged."""
        resource = unit.resource
        if unit.component is not None or resource.group == OWN_GROUP:
            return not self.narrows
        if unit.namespace is not None or resource.group_kind == "Namespace":
            name = resource.name if unit.namespace is None else unit.namespace
            return self._takes(name) and (not self.selector or self._selects_within(index, name))
        namespace = "" if resource.group_kind in CLUSTER_SCOPED else namespace_of(resource)
        return self._takes(namespace) and self._selects(index, unit)

    def _takes(self, namespace: str) -> bool:
        if self.namespaces:
            return namespace in self.namespaces and namespace not in self.left_out
        return namespace not in self.left_out

    def _selects(self, index: Index, unit: Subject) -> bool:
        if not self.selector:
            return True
        bodies = [unit.resource.body, index.owners.topmost(unit.resource).body]
        found = [mapping(body, "metadata", "labels") for body in bodies]
        if unit.workload is not None:
            found.append(mapping(unit.workload.metadata, "labels"))
        found += [mapping(unit.resource.body, *place, "metadata", "labels") for place in _TEMPLATES]
        return any(map(self._matches, found))

    def _selects_within(self, index: Index, namespace: str) -> bool:
        """A namespace counts by its own labels, and by what it holds."""
        declared = index.namespaces.get(namespace)
        if declared is not None and self._matches(mapping(declared.body, "metadata", "labels")):
            return True
        return any(
            self._matches(mapping(labels, "metadata", "labels"))
            for workload in index.workloads_by_namespace.get(namespace, ())
            for labels in (workload.resource.body, {"metadata": workload.metadata})
        )

    def _matches(self, labels: Mapping[str, Any]) -> bool:
        return all(requirement(labels) for requirement in self.selector)


_TEMPLATES = (("spec", "template"), ("spec", "jobTemplate", "spec", "template"))


@once
def scope_of(index: Index) -> Scope | None:
    """What the scan was asked to judge, as ClusterFacts tell; None for everything."""
    asked = mapping(index.cluster.body, "scope") if index.cluster else {}
    scope = Scope(
        frozenset(map(str, values(asked, "namespaces"))),
        frozenset(map(str, values(asked, "exceptNamespaces"))),
        parse_selector(text(asked, "selector")),
    )
    return scope if scope.namespaces or scope.left_out or scope.selector else None
