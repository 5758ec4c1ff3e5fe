"""The live cluster as a source."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import quote

from scanner.collect.cluster import workers
from scanner.collect.cluster.discovery import Kind, discover
from scanner.collect.cluster.errors import ApiError, StoppedError
from scanner.collect.cluster.facts import all_kinds, cluster_facts, problems
from scanner.collect.cluster.lists import Listed, Namespaces, list_kind
from scanner.collect.cluster.options import ClusterOptions
from scanner.collect.cluster.origin import ClusterOrigin
from scanner.collect.cluster.secrets import is_secret, list_secrets
from scanner.collect.cluster.slim import MalformedError, Slimmer
from scanner.collect.interface import Collection, Problem, Resource
from scanner.errors import nearest

if TYPE_CHECKING:
    from scanner.collect.cluster.client import Connection

_START = 2.0
"""Seconds that a restarted API server may need to know all roles."""
_FIRST = ("namespaces", "pods", "secrets", "replicasets", "configmaps", "customresourcedefinitions")
"""After a short list, whose resourceVersion the others take, the longest, so that none of them ends last."""


class LiveCluster:
    """Reads every kind that is worth it and may be read."""

    def __init__(
        self,
        connection: Connection,
        options: ClusterOptions,
        progress: Callable[[str, int, int], None] = lambda _step, _done, _total: None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._connection = connection
        self._options = options
        self._progress = progress
        self._now = now
        self._slimmer = Slimmer()

    def collect(self) -> Collection:
        """All objects, with a ClusterFacts object that says what became of every kind.

        What cannot be read is a problem. An interrupt ends what is under way.
        """
        began = self._now()
        self._connection.troubled = False
        was_enabled = gc.isenabled()
        gc.disable()  # nothing that is read becomes garbage, and looking for it takes a third of the time
        try:
            found = discover(self._connection)
            listed = self._list(sorted(found.kinds, key=_urgency))
        except BaseException:
            self._connection.stop()
            raise
        finally:
            self._slimmer = Slimmer()  # what it remembers is for lists of one moment
            if was_enabled:
                gc.enable()
        kinds = all_kinds(found, listed)
        facts = cluster_facts(self._connection, self._options, kinds, began)
        collection = Collection(problems=[*problems(kinds), *self._unknown_namespaces(listed)])
        name = self._connection.name
        for body in (facts, *(body for each in kinds for body in each.items)):
            collection.resources.append(Resource(body, ClusterOrigin(name, body)))
        return collection

    def _list(self, kinds: Sequence[Kind]) -> list[Listed]:
        # all kinds are read as they were when the first was: those of one store, which are Kubernetes' own
        first = [self._one(kind) for kind in kinds[:1]]
        at = first[0].resource_version if first and not first[0].kind.custom else ""
        total = len(kinds)
        listed = first + workers.run(
            [lambda kind=kind: self._one(kind, "" if kind.custom else at) for kind in kinds[1:]],  # type: ignore[misc]
            self._options.parallel,
            lambda done: self._progress("collecting", 1 + done, total),
        )
        if self._connection.troubled:
            self._second_chance(listed)
        forbidden = [
            n for n, each in enumerate(listed) if each.status == "forbidden" and each.kind.namespaced
        ]
        names = self._options.namespaces or _names(listed)
        if forbidden and names:
            namespaces = Namespaces(self._connection, self._slimmer, names, bool(self._options.namespaces))
            again = workers.run(
                [lambda n=n: namespaces.read(listed[n]) for n in forbidden],  # type: ignore[misc]
                self._options.parallel,
                lambda done: self._progress("collecting in namespaces", done, len(forbidden)),
            )
            for number, result in zip(forbidden, again, strict=True):
                listed[number] = result
        for each in listed:
            if each.kind.group_kind == "Namespace" and each.status == "forbidden":
                self._named_namespaces(each)
        return listed

    def _second_chance(self, listed: list[Listed]) -> None:
        """List again what was denied or lost, for a server that starts denies what it does not know yet."""
        again = [n for n, each in enumerate(listed) if each.status == "forbidden" or each.lost]
        if again:
            self._connection.pause(_START)
            if not self._is_there():
                return
            results = workers.run(
                [lambda n=n: self._one(listed[n].kind) for n in again],  # type: ignore[misc]
                self._options.parallel,
            )
            for number, result in zip(again, results, strict=True):
                if result.status == "ok" or len(result.items) >= len(listed[number].items):
                    listed[number] = result

    def _is_there(self) -> bool:
        try:
            self._connection.get("/version", tries=2)
        except StoppedError:
            raise
        except ApiError as error:
            return error.status != 0
        return True

    def _one(self, kind: Kind, at: str = "") -> Listed:
        try:
            if is_secret(kind):
                return list_secrets(self._connection, self._slimmer, kind, at=at)
            return list_kind(self._connection, self._slimmer, kind, at=at)
        except StoppedError:
            raise
        except Exception as error:  # noqa: BLE001 - a fault of ours costs one kind, not the scan
            return Listed(kind, "failed", f"internal error: {error!r}", "internal error")

    def _named_namespaces(self, listed: Listed) -> None:
        """The named namespaces one by one, where they may not be listed."""
        for name in self._options.namespaces:
            try:
                body = self._connection.get(f"{listed.kind.path()}/{quote(name, safe='')}")
                page = self._slimmer.page(b'{"kind":"NamespaceList","items":[' + body + b"]}", listed.kind)
            except StoppedError:
                raise
            except (ApiError, MalformedError):
                continue
            listed.items += page.items
        if listed.items:
            listed.status = "ok"
            listed.limit("only those that were named")

    def _unknown_namespaces(self, listed: Sequence[Listed]) -> list[Problem]:
        """A problem for each namespace that was named, and is not there."""
        known = set(_names(listed))
        if not known or any(each.kind.group_kind == "Namespace" and each.status != "ok" for each in listed):
            return []
        return [
            Problem(
                "cluster-namespace",
                f"no namespace is called {name!r}",
                remedy=nearest(name, known) or "see `kubectl get namespaces`",
            )
            for name in self._options.namespaces
            if name not in known
        ]


def _urgency(kind: Kind) -> int:
    return _FIRST.index(kind.resource) if kind.resource in _FIRST else len(_FIRST)


def _names(listed: Sequence[Listed]) -> tuple[str, ...]:
    """The namespaces that could be listed."""
    return tuple(
        str(body["metadata"].get("name") or "")
        for each in listed
        if each.kind.group_kind == "Namespace"
        for body in each.items
    )
