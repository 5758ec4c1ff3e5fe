"""The map's edges are the open connections, no more and no fewer, each with a reason at both ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from scanner.cli.app import run
from scanner.collect.manifests import from_bytes
from scanner.facts.index import Index
from scanner.facts.network.reach import Reach
from scanner.network.connections import connections
from scanner.network.document import document
from scanner.network.map import render
from tests.network.compared import reach_of
from tests.network.generate import Generator

APP = Path(__file__).parent / "app.yaml"


def pairs_of(reach: Reach) -> set[tuple[str, str, str]]:
    """Source, destination and protocol with first port, of every pair of workloads."""
    return {
        (str(c.source), str(c.destination), str(ports))
        for c in connections(reach).found
        if c.block is None and c.source.kind and not _share_a_node(reach, str(c.source), str(c.destination))
        for ports in reach.ports.ranges(c.ports)
    }


def _share_a_node(reach: Reach, *names: str) -> bool:
    """What a pod and its own node say to each other is not drawn."""
    if names[0] == names[1]:
        return False
    one, other = ([pod for pod in reach.pods if str(pod.workload) == name] for name in names)
    return any(a.node == b.node and (a.host_network or b.host_network) for a in one for b in other)


@pytest.mark.parametrize("seed", range(60))
def test_edges_are_the_open_connections(seed: int) -> None:
    reach = reach_of(Generator(seed).cluster())
    drawn: dict[tuple[str, str], set[str]] = {}
    made = document(reach, "", [])
    workloads = {each["id"] for each in made["workloads"]}
    for edge in made["edges"]:
        assert edge["ports"]
        for source in edge["from"]:
            for destination in edge["to"]:
                if {source, destination} <= workloads and not _share_a_node(reach, source, destination):
                    assert edge["because"]["egress"]
                    assert edge["because"]["ingress"]
                    drawn.setdefault((source, destination), set()).add(edge["ports"])
    assert drawn.keys() == {(source, destination) for source, destination, _ in pairs_of(reach)}
    render(made)


def test_reasons_ways_in_and_isolation_are_told() -> None:
    reach = Reach(Index(from_bytes(APP.read_bytes(), "app.yaml").resources, snapshot=True))
    made = document(reach, "Ours", ["app.yaml"])
    web = next(each for each in made["workloads"] if each["id"] == "app/web[Deployment]")
    assert web["entries"] == [{"kind": "ingress", "name": "app/shop", "ports": "TCP 8080"}]
    assert web["isolated"] == {"ingress": False, "egress": False}
    (edge,) = [
        e for e in made["edges"] if "app/web[Deployment]" in e["from"] and "app/api[Deployment]" in e["to"]
    ]
    assert edge["open_by_default"]
    assert {each["label"] for each in made["outside"]} == {"Anywhere (IPv4)", "Anywhere (IPv6)"}


def test_equal_connections_are_one_edge() -> None:
    pods = [
        {
            "apiVersion": "v1",
            "kind": "Pod",
            "metadata": {"name": f"p{number}", "namespace": "a", "labels": {}},
            "spec": {"containers": [{"name": "a"}]},
        }
        for number in range(100)
    ]
    assert len(document(reach_of(pods), "", [])["edges"]) <= 6


def test_the_command_writes_one_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["network", "map", str(APP), "-o", "map.html"]) == 0
    assert capsys.readouterr().err == "6 pods drawn in map.html\n"
    assert (tmp_path / "map.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert run(["network", "map", str(APP), "-o", "gone/map.html"]) == 2
