"""Connections to an imitation of a cluster with nodes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scanner.collect.cluster import ClusterOptions, Connection, connect
from scanner.collect.cluster import client as client_module
from tests.fakes.kube_api import KubeApi

Connect = Callable[[KubeApi], Connection]


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No kubeconfig, proxy or pod of whoever runs the tests; no long pauses."""
    for name in list(os.environ):
        if name.lower().endswith("_proxy") or name.startswith("KUBE"):
            monkeypatch.delenv(name)
    monkeypatch.setattr(client_module, "_FIRST_PAUSE", 0.001)


@pytest.fixture
def connected(tmp_path: Path) -> Iterator[Connect]:
    """Connects to a server; closed in the end."""
    opened: list[Connection] = []

    def open_(api: KubeApi) -> Connection:
        config = str(api.kubeconfig(tmp_path / "kubeconfig"))
        opened.append(connect(ClusterOptions(kubeconfig=config)))
        return opened[-1]

    yield open_
    for connection in opened:
        connection.close()
