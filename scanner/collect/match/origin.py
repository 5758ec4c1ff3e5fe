"""The origin of a live object whose source stands in the repository."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace

from scanner.collect.interface import Location, Origin, Path, Resource
from scanner.collect.match.fields import MISSING, mapped
from scanner.collect.match.values import covers, is_default

CHANGED, ADDED, REMOVED = "changed", "added", "removed"
_OF_SERVER = frozenset(
    {"creationTimestamp", "generation", "managedFields", "ownerReferences", "resourceVersion", "uid"}
)
"""Fields of an object's metadata that no source has."""


def itself(path: Path) -> Path:
    """The source is that of the object itself: its fields are the same."""
    return path


@dataclass(frozen=True, slots=True)
class SourceOrigin:
    """A live object, and the object of the repository that it, or its owner, was made from."""

    live: Resource
    source: Resource
    way: Callable[[Path], Path | None] = itself
    """The path in the source of a path in the live object: a pod's fields stand in its owner's template.
    None where the source has no such field.
    """
    vague: bool = False
    """It may as well be another object that the live one comes from, or the source only leads to it."""
    settled: bool = True
    """What the source gives is known; a chart that was released with values that are not at hand gives
    something else, which is no drift.
    """

    @property
    def uri(self) -> str:
        """The file in the repository."""
        return self.source.origin.uri

    @property
    def document(self) -> Origin:
        """The origin of the object in the repository."""
        return self.source.origin

    def locate(self, path: Path) -> Location:
        """The line of the field in the repository; of its nearest ancestor when the source lacks the field.

        Approximate, with `drift`, where the live object has something else than its source.
        """
        there = self.way(path)
        if there is None:
            return replace(self.source.origin.locate(()), approximate=True)
        shift = len(there) - len(path)
        live = _within(there[:shift], self.live.body)
        found = mapped(there, live, self.source.body)
        place = self.source.origin.locate(found.path)
        drift = "" if _is_of_server(path) else _drift(path, found.live, found.source)
        if not drift and not self.vague:
            return place
        return replace(place, approximate=True, drift=drift if self.settled else "")


def _within(keys: Path, value: Any) -> Any:
    """A value under keys: a pod as it would stand in its owner."""
    for key in reversed(keys):
        value = {key: value}
    return value


def _drift(path: Path, live: Any, source: Any) -> str:
    if live is MISSING:
        return "" if source is MISSING or not source else REMOVED
    if source is MISSING:
        key = next((key for key in reversed(path) if isinstance(key, str)), "")
        return "" if is_default(key, live) else ADDED
    if isinstance(live, dict) or isinstance(source, dict) or (live and _holds_objects(live)):
        return ""  # what is at fault inside of it, if anything, has a path of its own
    if isinstance(live, list):
        return "" if covers(live, source) and covers(source, live) else CHANGED
    return "" if covers(live, source) else CHANGED


def _holds_objects(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(item, dict) for item in value)


def _is_of_server(path: Path) -> bool:
    return "status" in path or (path[:1] == ("metadata",) and path[1:2] != () and path[1] in _OF_SERVER)
