"""`kubeassay network` of a live cluster and of its snapshot."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from scanner.cli.app import run
from tests.fakes.kube_api import KubeApi

SHOP = Path(__file__).parents[1] / "network" / "served.yaml"


@pytest.fixture
def api() -> Iterator[KubeApi]:
    with KubeApi(yaml.safe_load_all(SHOP.read_text(encoding="utf-8"))) as server:
        yield server


@pytest.fixture
def cluster(api: KubeApi, tmp_path: Path) -> list[str]:
    return ["--cluster", "--kubeconfig", str(api.kubeconfig(tmp_path / "config"))]


def test_a_cluster_and_its_snapshot_are_answered_alike(
    cluster: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive = str(tmp_path / "cluster.tar.zst")
    assert run(["snapshot", *cluster[1:], "-o", archive, "--quiet"]) == 0
    capsys.readouterr()
    answers = []
    for source in (cluster, [archive]):
        assert run(["network", "connections", *source, "--peers", "pod", "--no-self"]) == 0
        listed = capsys.readouterr().out
        code = run(["network", "can", "shop/desk", "shop/service/web", "--port", "80", "-o", "json", *source])
        assert code == 0
        answers.append((listed, json.loads(capsys.readouterr().out)["backends"]))
    assert answers[0] == answers[1]
    assert "shop/desk[Pod] => shop/web-1[Pod] : TCP 8080\n" in answers[0][0]


def test_policies_that_may_not_be_read_leave_every_answer_open(
    api: KubeApi, cluster: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    api.forbid("networkpolicies.networking.k8s.io")
    question = ["network", "can", "shop/desk", "shop/web-1", "--port", "22", *cluster]
    assert run(question) == 3
    captured = capsys.readouterr()
    assert captured.out.startswith("unknown: shop/desk → shop/web-1 TCP 22\n  not everything could be read; ")
    assert "not read: " in captured.err
    assert "networkpolicies" in captured.err
    assert run([*question, "-o", "json"]) == 3
    answer = json.loads(capsys.readouterr().out)
    assert (answer["allowed"], answer["by_what_was_read"]) == (None, True)
    for command in (["connections"], ["suggest"]):
        assert run(["network", *command, *cluster]) == 3


def test_a_cluster_takes_no_paths(cluster: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["network", "connections", "deploy", *cluster]) == 2
    assert capsys.readouterr().err.startswith("kubeassay: ")
