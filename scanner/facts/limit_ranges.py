"""What LimitRanges give to containers that ask for nothing."""

from __future__ import annotations

from collections.abc import Mapping

from scanner.facts.index import Index, namespace_of
from scanner.facts.subject import Subject, namespace_in, once
from scanner.fields import entries, mapping, text

Defaults = Mapping[str, list[str]]
_NONE: Defaults = {"limits": [], "requests": []}


def defaults(index: Index, unit: Subject) -> Defaults:
    """The resources for which containers of the namespace get limits and requests by default."""
    return _by_namespace(index).get(namespace_in(unit), _NONE)


@once
def _by_namespace(index: Index) -> Mapping[str, Defaults]:
    limits: dict[str, set[str]] = {}
    requests: dict[str, set[str]] = {}
    for resource in index.by_kind.get("LimitRange", ()):
        namespace = namespace_of(resource)
        for _, entry in entries(resource.body, "spec", "limits"):
            if text(entry, "type") == "Container":
                # the API server fills in `default` from `max`, and `defaultRequest` from `default` or `min`
                given = {*mapping(entry, "default"), *mapping(entry, "max")}
                limits.setdefault(namespace, set()).update(given)
                asked = {*given, *mapping(entry, "defaultRequest"), *mapping(entry, "min")}
                requests.setdefault(namespace, set()).update(asked)
    return {
        namespace: {"limits": sorted(limits[namespace]), "requests": sorted(found)}
        for namespace, found in requests.items()
    }
