"""Secrets: metadata and type, never a value."""

from __future__ import annotations

import queue
import threading
from pathlib import Path

import msgspec
import pytest

from scanner.collect.cluster import ClusterOptions, connect, lists, source
from scanner.collect.cluster.discovery import Kind
from scanner.collect.cluster.interface import TRIES
from scanner.collect.cluster.slim import LAST_APPLIED, Slimmer
from scanner.collect.cluster.watch import Follower
from tests.collect.cluster.conftest import collect, kind_of, secret
from tests.fakes.kube_api import KubeApi

SECRETS = "/api/v1/secrets"


def test_metadata_and_type(api: KubeApi, tmp_path: Path) -> None:
    api.store.apply(secret("token", "kubernetes.io/service-account-token", labels={"app": "web"}))
    api.store.apply(secret("boot", "bootstrap.kubernetes.io/token"))
    api.store.apply(secret("other", "example.com/own"))
    collection = collect(api, tmp_path)
    found = {r.name: r.body for r in collection.resources if r.kind == "Secret"}
    assert {name: body.get("type") for name, body in found.items()} == {
        "token": "kubernetes.io/service-account-token",
        "boot": "bootstrap.kubernetes.io/token",
        "other": None,
    }
    assert found["token"]["apiVersion"] == "v1"
    assert found["token"]["metadata"]["labels"] == {"app": "web"}
    assert kind_of(collection, "Secret")["content"] == "metadata"
    assert api.secret_reads() == []


def test_types_come_over_all_pages(api: KubeApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "PAGE", 3)
    for number in range(10):
        api.store.apply(secret(f"s{number}", "helm.sh/release.v1"))
    collection = collect(api, tmp_path)
    types = [r.body.get("type") for r in collection.resources if r.kind == "Secret"]
    assert types == ["helm.sh/release.v1"] * 10


def test_no_value_is_kept_from_the_annotation(api: KubeApi, tmp_path: Path) -> None:
    applied = '{"data":{"password":"aHVudGVyMg=="}}'
    api.store.apply(secret("s", annotations={LAST_APPLIED: applied, "team": "web"}))
    collection = collect(api, tmp_path)
    [found] = [r.body for r in collection.resources if r.kind == "Secret"]
    assert found["metadata"]["annotations"] == {LAST_APPLIED: "REDACTED", "team": "web"}
    assert b"aHVudGVyMg" not in msgspec.json.encode([r.body for r in collection.resources])


def test_a_server_that_sends_values_is_not_believed(api: KubeApi, tmp_path: Path) -> None:
    whole = {"kind": "SecretList", "apiVersion": "v1", "metadata": {}, "items": [secret("s")]}
    api.fault(SECRETS, body=msgspec.json.encode(whole))
    collection = collect(api, tmp_path)
    found = kind_of(collection, "Secret")
    assert (found["status"], found["count"]) == ("failed", 0)
    assert "asked for metadata only, the server sends a SecretList" in found["reason"]


def test_values_in_a_list_of_metadata_are_not_taken(api: KubeApi, tmp_path: Path) -> None:
    odd = {"kind": "PartialObjectMetadataList", "apiVersion": "meta.k8s.io/v1", "metadata": {}}
    api.fault(SECRETS, body=msgspec.json.encode({**odd, "items": [secret("s")]}))
    collection = collect(api, tmp_path)
    [found] = [r.body for r in collection.resources if r.kind == "Secret"]
    assert "data" not in found


def test_unknown_types_make_the_kind_partial(api: KubeApi, tmp_path: Path) -> None:
    api.store.apply(secret("s"))
    api.fault(SECRETS, status=500, query={"fieldSelector": "type=kubernetes.io/tls"})
    found = kind_of(collect(api, tmp_path), "Secret")
    assert (found["status"], found["count"]) == ("partial", 1)
    assert "which are of type kubernetes.io/tls is not known" in found["reason"]


def test_values_are_not_watched_either(api: KubeApi, tmp_path: Path) -> None:
    connection = connect(ClusterOptions(kubeconfig=str(api.kubeconfig(tmp_path / "config"))))
    changes: queue.SimpleQueue = queue.SimpleQueue()  # type: ignore[type-arg]
    ended = threading.Event()
    kind = Kind("", "v1", "Secret", "secrets", True)
    follower = Follower(connection, Slimmer(), kind, str(api.store.revision), changes, ended)
    threading.Thread(target=follower.run, daemon=True).start()
    api.store.apply(secret("s"))
    change = changes.get(timeout=10)
    ended.set()
    api.end_watches()
    assert change.key == ("default", "s")
    assert "data" not in change.body
    assert api.secret_reads() == []


@pytest.mark.parametrize("trouble", [{"status": 403}, {"cut": 10}])
def test_types_are_asked_for_again_after_a_restart(
    api: KubeApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trouble: dict[str, int]
) -> None:
    monkeypatch.setattr(source, "_START", 0.01)
    api.store.apply(secret("boot", "bootstrap.kubernetes.io/token"))
    api.fault(SECRETS, cut=10, times=1)
    typed = {"fieldSelector": "type=bootstrap.kubernetes.io/token"}
    api.fault(SECRETS, query=typed, times=1 if "status" in trouble else TRIES, **trouble)
    collection = collect(api, tmp_path)
    assert kind_of(collection, "Secret")["status"] == "ok"
    assert [r.body["type"] for r in collection.resources if r.kind == "Secret"] == [
        "bootstrap.kubernetes.io/token"
    ]


def test_a_page_that_is_denied_after_a_restart_is_asked_for_again(
    api: KubeApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "_START", 0.01)
    monkeypatch.setattr(lists, "PAGE", 2)
    for number in range(5):
        api.store.apply(secret(f"s{number}"))
    api.fault(SECRETS, cut=10, times=1)
    api.fault(SECRETS, status=403, skip=1, times=1)
    collection = collect(api, tmp_path)
    assert kind_of(collection, "Secret")["status"] == "ok"
    assert len([r for r in collection.resources if r.kind == "Secret"]) == 5
