"""Trouble at random: whatever goes wrong, nothing is called whole that is not."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from scanner.collect.cluster import client, lists, source
from tests.collect.cluster.conftest import collect, deployment, facts, names, secret
from tests.fakes.kube_api import KubeApi

PATHS = (
    "/apis/apps/v1/deployments",
    "/api/v1/secrets",
    "/api/v1/namespaces",
    "/api/v1/configmaps",
    "/apis/*",
    "/api/*",
    "*",
)
STATUSES = (401, 403, 404, 410, 429, 500, 503, 504)
BODIES = (b"", b"{", b'{"kind":"Status"}', b'{"kind":"DeploymentList"}', b"null", b"\xff")


def trouble(choose: random.Random, api: KubeApi) -> None:
    for _ in range(choose.randrange(1, 5)):
        fault = api.fault(choose.choice(PATHS), skip=choose.randrange(12), times=choose.randrange(1, 12))
        match choose.randrange(3):
            case 0:
                fault.status = choose.choice(STATUSES)
            case 1:
                fault.cut = choose.randrange(400)
            case _:
                fault.body = choose.choice(BODIES)


@pytest.mark.parametrize("seed", range(40))
def test_what_is_called_whole_is_whole(
    api: KubeApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(lists, "PAGE", 7)
    monkeypatch.setattr(source, "_START", 0.0)
    monkeypatch.setattr(client, "_LONGEST_PAUSE", 0.01)
    choose = random.Random(seed)
    wanted = {
        "Deployment": [f"d{n:02}" for n in range(20)],
        "Secret": [f"s{n:02}" for n in range(10)],
        "Namespace": ["default", "prod"],
    }
    for name in wanted["Deployment"]:
        api.store.apply(deployment(name))
    for name in wanted["Secret"]:
        api.store.apply(secret(name, "kubernetes.io/tls"))
    trouble(choose, api)
    for fault in api.faults:
        fault.path = fault.path if fault.path != "*" else "/api*"  # logging in works
    collection = collect(api, tmp_path)
    kinds = {each["kind"]: each for each in facts(collection)["kinds"] if each["group"] in ("", "apps")}
    broken = {each["status"] for each in facts(collection)["kinds"]} - {"ok", "excluded"}
    assert {problem.code.removeprefix("cluster-") for problem in collection.problems} == broken
    for kind, expected in wanted.items():
        found = names(collection, kind)
        assert len(found) == len(set(found))
        assert set(found) <= set(expected)
        if kind not in kinds:
            assert "*" in kinds or broken
        elif kinds[kind]["status"] == "ok" and "removed during the scan" not in kinds[kind]["reason"]:
            assert found == expected
            if kind == "Secret":
                types = [r.body.get("type") for r in collection.resources if r.kind == "Secret"]
                assert types == ["kubernetes.io/tls"] * 10
        assert kinds.get(kind, {"count": 0})["count"] == len(found)
    assert api.secret_reads() == []
    assert api.writes() == []
