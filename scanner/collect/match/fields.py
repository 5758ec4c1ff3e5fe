"""From a field of a live object to the same field of its source, whatever the order of their lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from scanner.collect.match.values import covers
from scanner.collect.paths import Path

_IDENTITIES = (
    ("mountPath",),
    ("devicePath",),
    ("name",),
    ("containerPort", "protocol"),
    ("port", "protocol"),
    ("topologyKey", "whenUnsatisfiable"),
    ("key", "operator", "effect"),
    ("host",),
    ("ip",),
)
"""Fields that tell the items of a list apart, as the API's merge keys do; the first that finds one counts."""
_FURTHER = ("kind", "namespace")
"""Fields that tell items of one name apart, as the subjects of a binding."""
_DEFAULTS: Mapping[str, Any] = {"protocol": "TCP", "operator": "Equal"}
MISSING: Any = object()
"""The value of a field that is not there."""


class Mapped(NamedTuple):
    """A path of a live object, in its source."""

    path: Path
    """The same field in the source; where a list lacks the item, the list."""
    live: Any
    """The value in the live object, or MISSING."""
    source: Any
    """The value in the source, or MISSING."""


def mapped(path: Path, live: Any, source: Any) -> Mapped:
    """Follow a path in both objects; an item of a list is the one of the same name, not at the same place."""
    found: list[str | int] = []
    cut = False
    for key in path:
        if isinstance(key, int) and isinstance(source, list):
            items = live if isinstance(live, list) else []
            at = position(key, items, source)
            cut = cut or at is None
            live, source = _step(live, key), MISSING if at is None else source[at]
            if at is not None:
                found.append(at)
            continue
        live, source = _step(live, key), _step(source, key)
        if not cut:
            found.append(key)
    return Mapped(tuple(found), live, source)


def position(index: int, items: Sequence[Any], others: Sequence[Any]) -> int | None:
    """Where the item at an index of a live list stands in its source's list; None if nowhere."""
    if not 0 <= index < len(items):
        return None
    item = items[index]
    identities = [keys for keys in _IDENTITIES if isinstance(item, dict) and keys[0] in item]
    for keys in identities:
        wanted = [item.get(key, _DEFAULTS.get(key)) for key in keys]
        alike = [
            number
            for number, other in enumerate(others)
            if isinstance(other, dict) and [other.get(key, _DEFAULTS.get(key)) for key in keys] == wanted
        ]
        alike = [n for n in alike if all(others[n].get(key) == item.get(key) for key in _FURTHER)] or alike
        if len(alike) > 1:  # names that stand twice
            alike = [n for n in alike if covers(item, others[n])] or alike
        if alike:
            return index if index in alike else alike[0]
    if identities:
        return None
    equal = [number for number, other in enumerate(others) if covers(item, other)]
    if equal:
        return index if index in equal else equal[0]
    return index if len(items) == len(others) else None


def _step(value: Any, key: str | int) -> Any:
    if isinstance(value, dict):
        return value.get(key, MISSING)
    if isinstance(value, list) and isinstance(key, int) and 0 <= key < len(value):
        return value[key]
    return MISSING
