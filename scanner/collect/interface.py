"""What a source brings: Kubernetes objects, each with its origin, and what it could not read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

from msgspec import Struct

from scanner.collect.embedded import embedded
from scanner.collect.paths import Path as Path


class Location(Struct, frozen=True):
    """A place in a file; lines and columns count from 1, `end_column` is exclusive."""

    uri: str
    """Path with `/`, relative to the folder the scan started in, or absolute outside of it."""
    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1
    approximate: bool = False
    """True when the field's own line could not be told: the place is the nearest known one."""
    snippet: str = ""
    """The text of the first line, for people."""
    drift: str = ""
    """How a live object differs here from its source: `changed`, `added` or `removed`; else empty."""


class Origin(Protocol):
    """Where an object came from."""

    @property
    def uri(self) -> str:
        """The file in which the object stands, or from which it was rendered."""

    def locate(self, path: Path) -> Location:
        """The place of a field in the source; of its nearest ancestor if the object lacks it."""


@dataclass(slots=True, eq=False)
class Resource:
    """One Kubernetes object."""

    body: dict[str, Any]
    """The object as the API server would read it."""
    origin: Origin
    api_version: str = field(init=False)
    kind: str = field(init=False)
    name: str = field(init=False)
    namespace: str = field(init=False)
    """Empty when the object names none."""
    group: str = field(init=False)
    """The API group; empty for the core group."""
    group_kind: str = field(init=False)
    """`Kind` of the core group, else `Kind.group`, as kubectl writes it."""

    def __post_init__(self) -> None:
        metadata = self.body.get("metadata")
        metadata = metadata if isinstance(metadata, dict) else {}
        self.api_version = str(self.body.get("apiVersion") or "")
        self.kind = str(self.body.get("kind") or "")
        self.name = _text(metadata.get("name")) or _text(metadata.get("generateName"))
        self.namespace = _text(metadata.get("namespace"))
        self.group = self.api_version.rpartition("/")[0]
        self.group_kind = f"{self.kind}.{self.group}" if self.group else self.kind


def _text(value: object) -> str:
    return str(value) if isinstance(value, (str, int, float)) else ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that was asked for and could not be read: it makes the scan incomplete."""

    code: str
    """A stable word for the kind of problem, such as `yaml-syntax` or `helm-missing`."""
    message: str
    uri: str = ""
    line: int | None = None
    column: int | None = None
    remedy: str = ""


@dataclass(slots=True)
class Collection:
    """What the sources brought."""

    resources: list[Resource] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    files: int = 0
    """Files read."""
    skipped: dict[str, int] = field(default_factory=dict)
    """Why something was passed over (a stable word) → how often."""
    matched: dict[str, int] = field(default_factory=dict)
    """By what live objects were found in the repository (a stable word) → how many."""
    whole: bool = False
    """It is everything a cluster holds: what is absent from it is absent."""

    def skip(self, why: str, count: int = 1) -> None:
        """Count something that is no input, such as a YAML document that is no Kubernetes object."""
        self.skipped[why] = self.skipped.get(why, 0) + count

    def extend(self, other: Collection) -> None:
        """Take over what another source brought."""
        self.resources.extend(other.resources)
        self.problems.extend(other.problems)
        self.files += other.files
        for why, count in other.skipped.items():
            self.skip(why, count)
        for what, count in other.matched.items():
            self.matched[what] = self.matched.get(what, 0) + count
        self.whole |= other.whole


class Source(Protocol):
    """One way to bring objects: a file of manifests, a chart, an overlay, a cluster."""

    def collect(self) -> Collection:
        """Read everything; what cannot be read is a Problem, never an exception."""


def objects_in(body: object, base: Path = ()) -> Iterator[tuple[dict[str, Any], Path]]:
    """The Kubernetes objects of a document, with their paths: it, what it holds, or the items of a `List`."""
    if not isinstance(body, dict) or not isinstance(body.get("kind"), str):
        return
    if not isinstance(body.get("apiVersion"), str):
        return
    items = body.get("items", ...)
    if body["kind"].endswith("List") and (items is None or isinstance(items, list)):  # as Go writes nil
        member = body["kind"].removesuffix("List")
        for index, item in enumerate(items or ()):
            if isinstance(item, dict) and member and "kind" not in item:
                item = {"apiVersion": body["apiVersion"], "kind": member, **item}
            yield from objects_in(item, (*base, "items", index))
        return
    yield body, base
    for path, held in embedded(body):
        yield from objects_in(held, (*base, *path))
