"""A server that ends in the middle of a scan."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from scanner.collect.cluster import client as client_module
from tests.collect.cluster.conftest import collect, deployment, facts
from tests.fakes.kube_api import KubeApi


def test_a_server_that_is_gone_is_not_asked_for_each_kind_again_and_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client_module, "_SILENCE", 0.5)
    monkeypatch.setattr(client_module, "_FIRST_PAUSE", 0.25)
    with KubeApi([deployment("web")]) as api:
        api.fault("/apis/apps/v1/deployments", then=lambda: api.__exit__(None, None, None))
        start = time.monotonic()
        collection = collect(api, tmp_path, parallel=2)
    assert time.monotonic() - start < 10
    statuses = {kind["kind"]: kind["status"] for kind in facts(collection)["kinds"]}
    assert statuses["Deployment"] == "failed"
    assert "excluded" in statuses.values()
    assert collection.problems
