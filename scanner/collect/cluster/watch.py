"""A cluster as it changes: read once, followed by watches, and read anew from time to time.

Source: https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes
"""

from __future__ import annotations

import contextlib
import queue
import random
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from scanner.collect.cluster.client import Connection
from scanner.collect.cluster.discovery import Kind
from scanner.collect.cluster.errors import ApiError, StoppedError
from scanner.collect.cluster.lists import Listed, list_kind
from scanner.collect.cluster.origin import ClusterOrigin
from scanner.collect.cluster.secrets import is_secret, list_secrets
from scanner.collect.cluster.slim import MalformedError, Slimmer
from scanner.collect.interface import Collection, Problem, Resource

_SECONDS = 120
"""After so many seconds the server ends a watch, and it is begun anew; a dead connection is noticed then."""
_SILENCE = _SECONDS + 15
_SETTLE, _LONGEST_SETTLE = 1.0, 5.0
"""Seconds without a change before a round begins, and the longest wait while changes go on."""
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 30.0
_METADATA = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1"
"""Nothing else: a server that does not know it refuses, rather than send values."""
_Key = tuple[str, str]
"""Namespace and name."""


@dataclass(slots=True)
class _Change:
    """What a watch learnt of a kind: one object, or all of them anew, or that it ended."""

    kind: Kind
    key: _Key | None = None
    body: dict[str, Any] | None = None
    """The object; None when it was deleted."""
    listed: Listed | None = None
    """All objects of the kind, after the watch had fallen too far behind."""
    ended: ApiError | None = None
    """Why the kind can no longer be followed."""


class _Event(msgspec.Struct):
    type: str
    object: msgspec.Raw


class _Status(msgspec.Struct):
    code: int = 0
    message: str = ""


class _Meta(msgspec.Struct):
    resource_version: str = msgspec.field(default="", name="resourceVersion")


class _Bookmark(msgspec.Struct):
    metadata: _Meta


_EVENT = msgspec.json.Decoder(_Event)
_STATUS = msgspec.json.Decoder(_Status)
_BOOKMARK = msgspec.json.Decoder(_Bookmark)


class Follower:
    """Follows one kind in a thread of its own, and tells a queue what changes."""

    def __init__(
        self,
        connection: Connection,
        slimmer: Slimmer,
        kind: Kind,
        resource_version: str,
        changes: queue.SimpleQueue[_Change],
        ended: threading.Event,
    ) -> None:
        self._connection = connection
        self._slimmer = slimmer
        self._kind = kind
        self._version = resource_version
        self._changes = changes
        self._ended = ended
        self._pause = _FIRST_PAUSE

    def run(self) -> None:
        """Follow until told to end; a broken connection is made again, an expired list read again."""
        while not self._ended.is_set():
            try:
                if self._version:
                    self._watch()
                else:
                    self._list()
            except StoppedError:
                return
            except ApiError as error:
                if error.status == 410:
                    self._version = ""
                elif error.status in (401, 403, 404, 405):
                    self._changes.put(_Change(self._kind, ended=error))
                    return
                else:
                    self._wait()
            except (msgspec.DecodeError, MalformedError, UnicodeDecodeError):
                self._version = ""
                self._wait()

    def _wait(self) -> None:
        self._ended.wait(random.uniform(self._pause / 2, self._pause))  # noqa: S311
        self._pause = min(self._pause * 2, _LONGEST_PAUSE)

    def _list(self) -> None:
        read = list_secrets if is_secret(self._kind) else list_kind
        listed = read(self._connection, self._slimmer, self._kind)
        if listed.status != "ok" or not listed.resource_version:
            raise ApiError(0, listed.reason or "the list has no resourceVersion")
        self._changes.put(_Change(self._kind, listed=listed))
        self._version = listed.resource_version
        self._pause = _FIRST_PAUSE

    def _watch(self) -> None:
        lines = self._connection.stream(
            self._kind.path(),
            _METADATA if is_secret(self._kind) else "application/json",
            _SILENCE,
            watch="1",
            allowWatchBookmarks="true",
            resourceVersion=self._version,
            timeoutSeconds=_SECONDS,
        )
        with contextlib.closing(lines):  # type: ignore[type-var]
            for line in lines:
                if self._ended.is_set():
                    return
                if line.strip():
                    self._take(_EVENT.decode(line))
                    self._pause = _FIRST_PAUSE

    def _take(self, event: _Event) -> None:
        if event.type == "ERROR":
            status = _STATUS.decode(event.object)
            raise ApiError(status.code, status.message or "the watch ended with an error")
        self._version = _BOOKMARK.decode(event.object).metadata.resource_version or self._version
        if event.type == "BOOKMARK":
            return
        secret = is_secret(self._kind)
        name = b"PartialObjectMetadataList" if secret else b"List"
        items = self._slimmer.page(
            b'{"kind":"' + name + b'","items":[' + bytes(event.object) + b"]}", self._kind, secret
        ).items
        for body in items:
            key = _key(body)
            self._changes.put(_Change(self._kind, key, None if event.type == "DELETED" else body))


@dataclass(slots=True)
class State:
    """The objects of a cluster as far as is known."""

    name: str
    facts: dict[str, Any]
    problems: list[Problem]
    objects: dict[str, dict[_Key, Resource]] = field(default_factory=dict)
    """By kind, as `Kind.group`."""
    others: list[Resource] = field(default_factory=list)
    """What no watch brings, such as NodeFacts."""

    @staticmethod
    def of(collection: Collection, name: str) -> State:
        """The state after everything was read."""
        state = State(name, {}, list(collection.problems))
        for resource in collection.resources:
            if resource.group_kind == "ClusterFacts.kubeassay.dev":
                state.facts = resource.body
            elif isinstance(resource.origin, ClusterOrigin) and resource.group != "kubeassay.dev":
                state.objects.setdefault(resource.group_kind, {})[_key(resource.body)] = resource
            else:
                state.others.append(resource)
        return state

    def apply(self, change: _Change) -> bool:
        """Take a change; whether anything is different now."""
        kind = change.kind.group_kind
        known = self.objects.setdefault(kind, {})
        if change.ended is not None:
            return self._end(change.kind, change.ended)
        if change.listed is not None:
            now = {_key(body): self._kept(known, _key(body), body) for body in change.listed.items}
            different = now.keys() != known.keys() or any(now[key] is not known[key] for key in now)
            self.objects[kind] = now
            return different
        if change.key is None:
            return False
        if change.body is None:
            return known.pop(change.key, None) is not None
        before = known.get(change.key)
        known[change.key] = self._kept(known, change.key, change.body)
        return known[change.key] is not before

    def _kept(self, known: Mapping[_Key, Resource], key: _Key, body: dict[str, Any]) -> Resource:
        """The object; the one that is known when nothing but its revision differs."""
        before = known.get(key)
        if before is not None:
            if body["kind"] == "Secret" and "type" in before.body:
                body.setdefault("type", before.body["type"])  # metadata has no type, and it never changes
            if _essence(before.body) == _essence(body):
                return before
        return Resource(body, ClusterOrigin(self.name, body))

    def _end(self, kind: Kind, error: ApiError) -> bool:
        for entry in self.facts.get("kinds", ()):
            if (entry["group"], entry["resource"]) == (kind.group, kind.resource):
                gone = error.status == 404
                entry.update(status="ok" if gone else "forbidden", reason=str(error))
                self.objects[kind.group_kind] = {} if gone else self.objects[kind.group_kind]
                return True
        return False

    def collection(self, problems: list[Problem]) -> Collection:
        """The objects for a scan."""
        facts = Resource(self.facts, ClusterOrigin(self.name, self.facts))
        resources = [each for known in self.objects.values() for each in known.values()]
        return Collection([facts, *resources, *self.others], [*self.problems, *problems])


class ClusterWatch:
    """Yields the whole cluster, and again whenever it changed.

    `read` reads everything (objects and facts of nodes) and is called again every `resync` seconds, so that
    kinds that came later, and whatever a watch missed, are seen. `wanted` are the kinds to follow.
    """

    def __init__(
        self,
        connection: Connection,
        read: Callable[[], Collection],
        wanted: Callable[[str], bool],
        resync: float,
    ) -> None:
        self._connection = connection
        self._read = read
        self._wanted = wanted
        self._resync = resync

    def rounds(self) -> Iterator[Collection]:
        """Each state of the cluster, once it is quiet for a moment; never ends by itself."""
        state: State | None = None
        pause = _FIRST_PAUSE
        while True:
            collection = self._read()
            if state is not None and _is_lost(collection):
                # what was known last is kept: nothing says that it is no longer so
                yield state.collection(collection.problems)
                time.sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE)
                continue
            pause = _FIRST_PAUSE
            state = State.of(collection, self._connection.name)
            yield state.collection([])
            yield from self._follow(state)

    def _follow(self, state: State) -> Iterator[Collection]:
        changes: queue.SimpleQueue[_Change] = queue.SimpleQueue()
        ended = threading.Event()
        slimmer = Slimmer()
        for kind, version in _kinds(state.facts):
            if self._wanted(kind.group_kind):
                follower = Follower(self._connection, slimmer, kind, version, changes, ended)
                threading.Thread(
                    target=follower.run, daemon=True, name=f"kubeassay-watch-{kind.resource}"
                ).start()
        try:
            until = time.monotonic() + self._resync
            while (left := until - time.monotonic()) > 0:
                if self._drain(state, changes, left):
                    yield state.collection([])
        finally:
            ended.set()

    def _drain(self, state: State, changes: queue.SimpleQueue[_Change], left: float) -> bool:
        """Take changes until there are none for a moment; whether anything is different."""
        different = False
        wait, last = left, None
        while True:
            try:
                change = changes.get(timeout=max(wait, 0.01))
            except queue.Empty:
                return different
            different = state.apply(change) or different
            now = time.monotonic()
            last = last or now + _LONGEST_SETTLE
            if now >= last:
                return different
            wait = min(_SETTLE, last - now)


def _kinds(facts: Mapping[str, Any]) -> Iterator[tuple[Kind, str]]:
    for entry in facts.get("kinds", ()):
        if entry["status"] == "ok" and entry["resourceVersion"]:
            kind = Kind(
                entry["group"], entry["version"], entry["kind"], entry["resource"], entry["namespaced"]
            )
            yield kind, entry["resourceVersion"]


def _is_lost(collection: Collection) -> bool:
    """Nothing at all could be read, as when the server is down."""
    return all(resource.group == "kubeassay.dev" for resource in collection.resources)


def _key(body: Mapping[str, Any]) -> _Key:
    metadata = body.get("metadata") or {}
    return str(metadata.get("namespace") or ""), str(metadata.get("name") or "")


def _essence(body: Mapping[str, Any]) -> dict[str, Any]:
    """An object without what changes with every heartbeat."""
    metadata, status = (
        _without(body.get("metadata"), "resourceVersion"),
        _without(body.get("status"), "conditions"),
    )
    return {**body, "metadata": metadata, "status": status}


def _without(value: Any, name: str) -> Any:
    return {key: each for key, each in value.items() if key != name} if isinstance(value, dict) else value
