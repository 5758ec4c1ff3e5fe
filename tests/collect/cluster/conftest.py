"""Clusters to collect: an imitation of an API server, and what a scan of it brings."""

from __future__ import annotations

import base64
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import trustme

from scanner.collect.cluster import ClusterOptions, LiveCluster, connect
from scanner.collect.cluster import client as client_module
from scanner.collect.interface import Collection
from tests.fakes.kube_api import KubeApi

Object = dict[str, Any]


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No kubeconfig, proxy or pod of whoever runs the tests."""
    for name in list(os.environ):
        if name.lower().endswith("_proxy") or name.startswith("KUBE"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "_FIRST_PAUSE", 0.001)


@pytest.fixture
def api() -> Iterator[KubeApi]:
    with KubeApi([namespace("default"), namespace("prod")]) as server:
        yield server


def namespace(name: str) -> Object:
    return {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}}


def deployment(name: str, where: str = "default", image: str = "web:1") -> Object:
    template = {"spec": {"containers": [{"name": "web", "image": image}]}}
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": name, "namespace": where},
        "spec": {"template": template},
    }


def secret(name: str, type_: str = "Opaque", where: str = "default", **metadata: Any) -> Object:
    return {
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": {"name": name, "namespace": where, **metadata},
        "type": type_,
        "data": {"value": "aHVudGVyMg=="},
    }


def collect(api: KubeApi, folder: Path, **options: Any) -> Collection:
    asked = ClusterOptions(kubeconfig=str(api.kubeconfig(folder / "config")), **options)
    connection = connect(asked)
    try:
        return LiveCluster(connection, asked).collect()
    finally:
        connection.close()


def names(collection: Collection, kind: str) -> list[str]:
    return [r.name for r in collection.resources if r.kind == kind]


def facts(collection: Collection) -> Object:
    [found] = [r.body for r in collection.resources if r.kind == "ClusterFacts"]
    return found


def kind_of(collection: Collection, kind: str) -> Object:
    [found] = [each for each in facts(collection)["kinds"] if each["kind"] == kind]
    return found


def client_certificate(not_after: datetime, name: str = "alice") -> Object:
    """A kubeconfig's user with a certificate of nobody's authority."""
    certificate = trustme.CA().issue_cert(
        "alice@example.com",
        common_name=name,
        not_before=datetime(2020, 1, 1, tzinfo=UTC),
        not_after=not_after,
    )
    pem = certificate.cert_chain_pems[0].bytes()
    key = certificate.private_key_pem.bytes()
    return {
        "client-certificate-data": base64.b64encode(pem).decode(),
        "client-key-data": base64.b64encode(key).decode(),
    }
