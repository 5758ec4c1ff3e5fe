"""A cluster that is watched: every change is seen once, whatever breaks on the way."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from scanner.collect.cluster import ClusterOptions, LiveCluster, connect, watch
from scanner.collect.cluster.watch import ClusterWatch
from scanner.collect.interface import Collection, Problem
from tests.fakes.kube_api import KubeApi

WANTED = {"Pod", "Secret", "Deployment.apps"}
PATIENCE = 20.0


def pod(name: str, **spec: Any) -> dict[str, Any]:
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": name, "namespace": "shop", "uid": name},
        "spec": {"containers": [{"name": "app", "image": "app:1"}], **spec},
    }


def secret(name: str, value: str) -> dict[str, Any]:
    metadata = {"name": name, "namespace": "shop"}
    return {
        "apiVersion": "v1",
        "kind": "Secret",
        "type": "kubernetes.io/tls",
        "metadata": metadata,
        "data": {"key": value},
    }


class Watched:
    """The rounds of a watch of a fake cluster, taken one by one."""

    def __init__(self, api: KubeApi, folder: Path, resync: float) -> None:
        options = ClusterOptions(kubeconfig=str(api.kubeconfig(folder / "config")))
        self.api = api
        self.connection = connect(options)
        self.reads = 0
        self.answer: Collection | None = None

        def read() -> Collection:
            self.reads += 1
            return self.answer or LiveCluster(self.connection, options).collect()

        self._rounds = ClusterWatch(self.connection, read, WANTED.__contains__, resync).rounds()

    def next(self) -> Collection:
        return next(self._rounds)

    def until(self, wanted: Callable[[Collection], bool]) -> Collection:
        """The first round that is as wanted, of so many."""
        for _ in range(50):
            if wanted(collection := self.next()):
                return collection
        raise AssertionError("no round is as wanted")

    def await_watches(self) -> None:
        """Wait until every wanted kind is followed."""
        for _ in range(int(PATIENCE / 0.02)):
            if sum(r.query.get("watch") == "1" for r in self.api.requests) >= len(WANTED):
                return
            threading.Event().wait(0.02)
        raise AssertionError("no watch began")


@pytest.fixture
def api() -> Iterator[KubeApi]:
    with KubeApi([pod("a"), pod("b"), secret("s", "dmFsdWU=")]) as server:
        yield server


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "_SETTLE", 0.1)
    monkeypatch.setattr(watch, "_FIRST_PAUSE", 0.05)
    monkeypatch.setattr(watch, "_LONGEST_PAUSE", 0.2)


@pytest.fixture
def watched(api: KubeApi, tmp_path: Path) -> Iterator[Watched]:
    found = Watched(api, tmp_path, resync=PATIENCE)
    yield found
    found.connection.stop()


def names(collection: Collection, kind: str = "Pod") -> list[str]:
    return sorted(r.name for r in collection.resources if r.kind == kind)


def behind(background: Callable[[], object]) -> None:
    """Do something while the watch waits."""
    threading.Timer(0.2, background).start()


def test_what_is_added_changed_and_deleted_is_seen(watched: Watched, api: KubeApi) -> None:
    assert names(watched.next()) == ["a", "b"]
    behind(lambda: (watched.await_watches(), api.store.apply(pod("c"))))
    assert names(watched.until(lambda c: "c" in names(c))) == ["a", "b", "c"]
    api.store.apply(pod("a", hostPID=True))
    api.store.delete(pod("b"))
    after = watched.until(lambda c: names(c) == ["a", "c"])
    (changed,) = (r for r in after.resources if r.kind == "Pod" and r.name == "a")
    assert changed.body["spec"]["hostPID"] is True
    assert watched.reads == 1
    assert not api.writes()


def test_a_heartbeat_makes_no_round(watched: Watched, api: KubeApi) -> None:
    first = watched.next()
    kept = {id(r) for r in first.resources if r.kind == "Pod"}
    behind(lambda: (watched.await_watches(), api.store.apply(pod("a")), api.store.apply(pod("z"))))
    after = watched.until(lambda c: "z" in names(c))
    assert kept < {id(r) for r in after.resources if r.kind == "Pod"}


def test_secrets_come_without_values_and_keep_their_type(watched: Watched, api: KubeApi) -> None:
    watched.next()
    new = secret("s", "bmV3")
    new["metadata"]["labels"] = {"rotated": "yes"}
    behind(lambda: (watched.await_watches(), api.store.apply(new)))

    def body(collection: Collection) -> dict[str, Any]:
        return next(r.body for r in collection.resources if r.kind == "Secret")

    found = body(watched.until(lambda c: "labels" in body(c)["metadata"]))
    assert "data" not in found
    assert found["type"] == "kubernetes.io/tls"


def test_a_dropped_connection_misses_nothing(watched: Watched, api: KubeApi) -> None:
    watched.next()

    def drop() -> None:
        watched.await_watches()
        api.end_watches()
        api.store.apply(pod("c"))

    behind(drop)
    assert names(watched.until(lambda c: "c" in names(c))) == ["a", "b", "c"]
    assert watched.reads == 1


def test_a_watch_that_fell_too_far_behind_lists_again(watched: Watched, api: KubeApi) -> None:
    watched.next()

    def forget() -> None:
        watched.await_watches()
        api.end_watches()
        api.store.delete(pod("a"))
        api.store.apply(pod("c"))
        api.store.compact()

    behind(forget)
    after = watched.until(lambda c: names(c) == ["b", "c"])
    assert names(after, "Secret") == ["s"]
    assert watched.reads == 1


def test_permissions_that_are_taken_away_are_said(watched: Watched, api: KubeApi) -> None:
    watched.next()

    def forbid() -> None:
        watched.await_watches()
        api.forbid("pods")
        api.end_watches()

    behind(forbid)
    after = watched.until(
        lambda c: any(e["kind"] == "Pod" and e["status"] == "forbidden" for e in c.resources[0].body["kinds"])
    )
    assert names(after) == ["a", "b"]


def test_a_resync_sees_what_no_watch_follows(api: KubeApi, tmp_path: Path) -> None:
    watched = Watched(api, tmp_path, resync=0.3)
    watched.next()
    config_map = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "new", "namespace": "shop"}}
    api.store.apply(config_map)
    after = watched.until(lambda c: bool(names(c, "ConfigMap")))
    assert names(after, "ConfigMap") == ["new"]
    watched.connection.stop()


def test_a_server_that_is_down_keeps_what_was_known_last(api: KubeApi, tmp_path: Path) -> None:
    watched = Watched(api, tmp_path, resync=0.1)
    watched.next()
    watched.answer = Collection(problems=[Problem("cluster-failed", "the server is down")])
    lost = watched.until(lambda c: bool(c.problems))
    assert names(lost) == ["a", "b"]
    assert [problem.message for problem in lost.problems] == ["the server is down"]
    watched.answer = None
    assert not watched.until(lambda c: not c.problems).problems
    watched.connection.stop()
