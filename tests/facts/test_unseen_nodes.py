"""Nodes whose hosts nobody looked at are named, and never pass."""

from __future__ import annotations

from typing import Any

from scanner.catalog import catalog as catalogs
from scanner.collect.interface import Collection, Resource
from scanner.evaluate.embedded import EmbeddedEngine
from scanner.findings.model import ScanResult, Status
from scanner.pipeline import ScanPlan, scan

from .objects import resource

CATALOG = catalogs.load()
KEYS, KUBELET = "node.pki_key_permissions", "node.kubelet_anonymous_auth"


def judged(rule: str, *resources: Resource) -> ScanResult:
    plan = ScanPlan(CATALOG, [CATALOG.rules[rule]], (), snapshot=True, rules_asked=True)
    return scan(plan, Collection(resources=list(resources)), EmbeddedEngine())


def unknown(result: ScanResult) -> list[str]:
    return [finding.message for finding in result.findings if finding.status is Status.UNKNOWN]


def facts(name: str, role: str) -> Resource:
    process = {"component": "kubelet", "source": "proc", "argv": ["kubelet", "--anonymous-auth=false"]}
    key = {"role": "pki.key", "path": "/a.key", "status": "ok", "type": "file", "mode": "0600"}
    return resource("NodeFacts", "kubeassay.dev/v1", name, roles=[role], processes=[process], files=[key])


def node(name: str, role: str = "", **body: Any) -> Resource:
    return resource(
        "Node", "v1", name, labels={f"node-role.kubernetes.io/{role}": ""} if role else {}, **body
    )


def test_nodes_without_facts_are_named() -> None:
    nodes = [node(f"n{number}") for number in range(6)]
    (message,) = unknown(judged(KUBELET, facts("n0", "worker"), *nodes))
    assert "n1, n2, n3 and 2 more" in message
    assert unknown(judged(KUBELET, facts("n0", "worker"), nodes[0])) == []


def test_only_hosts_of_the_control_plane_are_asked_for_its_files() -> None:
    seen = facts("cp-1", "control-plane")
    workers = [node(f"n{number}") for number in range(3)]
    assert unknown(judged(KEYS, seen, node("cp-1", "control-plane"), *workers)) == []
    (message,) = unknown(judged(KEYS, seen, node("cp-2", "control-plane"), node("cp-3", "master"), *workers))
    assert "cp-2, cp-3:" in message


def test_facts_of_workers_alone_say_nothing_of_the_control_plane() -> None:
    result = judged(KEYS, facts("n1", "worker"), node("n1"))
    assert len(unknown(result)) == 1
    assert [entry.status for entry in result.looked] == [Status.NOT_APPLICABLE]


def test_a_provider_s_control_plane_does_not_apply() -> None:
    eks = node(
        "n1",
        spec={"providerID": "aws:///eu-west-1a/i-0"},
        status={"nodeInfo": {"kubeletVersion": "v1.34.1-eks-1"}},
    )
    result = judged(KEYS, facts("n1", "worker"), eks)
    assert unknown(result) == []
    assert {entry.status for entry in result.looked} == {Status.NOT_APPLICABLE}
    assert any("EKS" in entry.reason for entry in result.looked)
    assert {entry.status for entry in judged(KEYS, eks).looked} == {Status.NOT_APPLICABLE}


def test_no_facts_at_all_are_unknown() -> None:
    assert len(unknown(judged(KEYS, node("cp-1", "control-plane")))) == 1
    assert len(unknown(judged(KUBELET))) == 1
