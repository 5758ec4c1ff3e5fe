"""Which objects of the repository a live object may have been made from, and which fits best."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scanner.collect.interface import Resource
from scanner.collect.match.apps import App
from scanner.collect.match.marks import AppRef, Release, apps_of, owner_of, release_of
from scanner.collect.match.repository import Contents, Piece
from scanner.collect.match.values import HASH

_GENERATED = frozenset({"ConfigMap", "Secret"})
_MOVED = {
    "extensions": frozenset({"apps", "networking.k8s.io", "policy"}),
    "policy": frozenset({"extensions"}),
    "apps": frozenset({"extensions"}),
    "networking.k8s.io": frozenset({"extensions"}),
}
"""Groups that serve, or served, the same objects."""
NOWHERE, UNSAID, SAID = 0, 1, 2
"""How well a member fits: it speaks against, is not known, or is the same."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An object of the repository, as one application or nobody deploys it."""

    resource: Resource
    piece: Piece
    app: App | None
    name: str
    """What it is called in the cluster."""
    order: int
    """Its number among all, to choose always the same."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The object that fits best."""

    resource: Resource
    by: str
    vague: bool
    """Another fits as well."""
    settled: bool
    """What its source gives is known."""
    unplaced: bool
    """Neither it nor what deploys it says which namespace it is for."""


class Candidates:
    """The objects of a repository, to be looked up by live ones."""

    def __init__(self, contents: Contents) -> None:
        self._named: dict[tuple[str, str], list[Candidate]] = defaultdict(list)
        order = 0
        for piece in contents.pieces:
            deploying: list[App | None] = [app for app in contents.apps if _is_deployed(piece, app)]
            deploying = deploying or [None]
            for resource in piece.resources:
                for app in deploying:
                    name = f"{app.prefix}{resource.name}{app.suffix}" if app else resource.name
                    order += 1
                    found = Candidate(resource, piece, app, name, order)
                    self._named[resource.kind, _stem(resource.kind, name)].append(found)

    def best(self, live: Resource) -> Choice | None:
        """The object that a live one was made from, if any may be."""
        scored = list(self._scored(live))
        if not scored:
            return None
        top = max(score for score, _ in scored)
        chosen = [candidate for score, candidate in scored if score == top]
        first = min(chosen, key=lambda candidate: candidate.order)
        others = any(candidate.resource is not first.resource for candidate in chosen)
        return Choice(
            first.resource, _by(first, live), others, first.piece.settled, unplaced=top[2] == UNSAID
        )

    def _called(self, live: Resource) -> Iterator[Candidate]:
        yield from self._named.get((live.kind, _stem(live.kind, live.name)), ())
        if (generated := _generated(live)) and owner_of(live) is None:
            yield from self._named.get((live.kind, generated), ())

    def _scored(self, live: Resource) -> Iterator[tuple[tuple[int, ...], Candidate]]:
        marks = apps_of(live)
        release = release_of(live)
        for candidate in self._called(live):
            resource = candidate.resource
            if resource.group != live.group and resource.group not in _MOVED.get(live.group, ()):
                continue
            in_app = _in_app(candidate, marks)
            in_release = _in_release(candidate.piece, release)
            in_namespace = _in_namespace(candidate, live)
            if in_release is NOWHERE or in_namespace is NOWHERE:
                continue
            same = candidate.name in (live.name, _generated(live)), resource.group == live.group
            yield (in_app, in_release, in_namespace, *same), candidate


def _generated(live: Resource) -> str:
    """The beginning of its name that the object was made with; a manifest has nothing else for a name."""
    metadata = live.body.get("metadata")
    prefix = metadata.get("generateName") if isinstance(metadata, dict) else None
    return prefix if isinstance(prefix, str) else ""


def _is_deployed(piece: Piece, app: App) -> bool:
    if piece.app is not None:
        return piece.app == app.ref
    return not piece.is_chart and app.deploys(piece.folder)


def _in_app(candidate: Candidate, marks: Sequence[AppRef]) -> int:
    if not marks or candidate.app is None:
        return UNSAID
    ref = candidate.app.ref
    for mark in marks:
        if mark.tool == ref.tool and mark.name == ref.name and mark.namespace in ("", ref.namespace):
            return SAID
    return NOWHERE


def _in_release(piece: Piece, release: Release | None) -> int:
    if piece.release is None or release is None:
        return UNSAID
    return SAID if piece.release == release else NOWHERE


def _in_namespace(candidate: Candidate, live: Resource) -> int:
    if not live.namespace:
        return SAID  # it is in no namespace, whatever a chart's says
    app, piece = candidate.app, candidate.piece
    own = candidate.resource.namespace
    target = app.namespace if app else piece.release.namespace if piece.release else ""
    if app and app.forced:
        own = ""
    if own or target:
        fits = (own or target) == live.namespace
        # Helm puts what names no namespace into that of its release
        return SAID if fits else NOWHERE
    return UNSAID


def _by(candidate: Candidate, live: Resource) -> str:
    if candidate.app and _in_app(candidate, apps_of(live)) == SAID:
        return candidate.app.ref.tool
    return candidate.piece.by


def _stem(kind: str, name: str) -> str:
    """A name without the hash that Kustomize gives to what it generates: the repository may have moved on."""
    return HASH.sub("", name) if kind in _GENERATED else name
