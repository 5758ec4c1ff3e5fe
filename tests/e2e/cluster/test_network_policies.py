"""What we call refused, the real API server refuses, and the other way round; a live cluster's network."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from scanner.cli.app import run
from scanner.collect.interface import Resource
from scanner.collect.manifests import from_bytes
from scanner.facts.index import Index
from scanner.facts.network.read import policies
from scanner.network.suggest import suggest
from tests.e2e.cluster.client import Refusal, path_of
from tests.e2e.cluster.harness import Cluster
from tests.facts.network import test_read_admin, test_read_namespaced
from tests.facts.objects import Nowhere
from tests.tools.build import module

pytestmark = pytest.mark.e2e

CRDS = {
    "network-policy-api-0.1": ("adminnetworkpolicies", "baselineadminnetworkpolicies"),
    "network-policy-api-0.3": ("clusternetworkpolicies",),
}
BLOCK = {"cidr": "10.0.0.0/8", "except": ["10.1.0.0/16"]}
SPECS: list[tuple[str, dict[str, Any]]] = [
    ("plain", {"podSelector": {}}),
    ("all rules", {"podSelector": {}, "ingress": [{}], "egress": [{"to": [], "ports": []}]}),
    ("policy type", {"podSelector": {}, "policyTypes": ["ingress"]}),
    ("range", {"podSelector": {}, "ingress": [{"ports": [{"port": 80, "endPort": 90}]}]}),
    ("range of one", {"podSelector": {}, "ingress": [{"ports": [{"port": 80, "endPort": 80}]}]}),
    ("range upside down", {"podSelector": {}, "ingress": [{"ports": [{"port": 80, "endPort": 79}]}]}),
    ("range of a name", {"podSelector": {}, "ingress": [{"ports": [{"port": "web", "endPort": 79}]}]}),
    ("range of nothing", {"podSelector": {}, "ingress": [{"ports": [{"endPort": 79}]}]}),
    ("port 0", {"podSelector": {}, "ingress": [{"ports": [{"port": 0}]}]}),
    ("port 65536", {"podSelector": {}, "ingress": [{"ports": [{"port": 65536}]}]}),
    ("port as text", {"podSelector": {}, "ingress": [{"ports": [{"port": "80"}]}]}),
    ("port name", {"podSelector": {}, "ingress": [{"ports": [{"port": "web-1"}]}]}),
    ("long port name", {"podSelector": {}, "ingress": [{"ports": [{"port": "a-port-name-of-17"}]}]}),
    ("upper port name", {"podSelector": {}, "ingress": [{"ports": [{"port": "Web"}]}]}),
    ("protocol alone", {"podSelector": {}, "ingress": [{"ports": [{"protocol": "UDP"}]}]}),
    ("lower protocol", {"podSelector": {}, "ingress": [{"ports": [{"protocol": "udp"}]}]}),
    ("other protocol", {"podSelector": {}, "ingress": [{"ports": [{"protocol": "ICMP"}]}]}),
    ("empty peer", {"podSelector": {}, "ingress": [{"from": [{}]}]}),
    (
        "both selectors",
        {"podSelector": {}, "ingress": [{"from": [{"podSelector": {}, "namespaceSelector": {}}]}]},
    ),
    ("block", {"podSelector": {}, "ingress": [{"from": [{"ipBlock": BLOCK}]}]}),
    ("block and pods", {"podSelector": {}, "ingress": [{"from": [{"ipBlock": BLOCK, "podSelector": {}}]}]}),
    ("IPv6 block", {"podSelector": {}, "egress": [{"to": [{"ipBlock": {"cidr": "fd00::/8"}}]}]}),
    ("no prefix", {"podSelector": {}, "egress": [{"to": [{"ipBlock": {"cidr": "10.0.0.1"}}]}]}),
    ("no address", {"podSelector": {}, "egress": [{"to": [{"ipBlock": {"cidr": "ten/8"}}]}]}),
    ("no CIDR", {"podSelector": {}, "egress": [{"to": [{"ipBlock": {}}]}]}),
    (
        "except outside",
        {"podSelector": {}, "egress": [{"to": [{"ipBlock": {**BLOCK, "except": ["11.0.0.0/16"]}}]}]},
    ),
    (
        "except of all",
        {"podSelector": {}, "egress": [{"to": [{"ipBlock": {**BLOCK, "except": ["10.0.0.0/8"]}}]}]},
    ),
    ("operator", {"podSelector": {"matchExpressions": [{"key": "a", "operator": "Is", "values": ["b"]}]}}),
    ("no values", {"podSelector": {"matchExpressions": [{"key": "a", "operator": "In"}]}}),
    (
        "values for Exists",
        {"podSelector": {"matchExpressions": [{"key": "a", "operator": "Exists", "values": ["b"]}]}},
    ),
    ("no key", {"podSelector": {"matchExpressions": [{"operator": "Exists"}]}}),
    ("number as label", {"podSelector": {"matchLabels": {"a": 1}}}),
    ("unknown field", {"podSelector": {}, "ingres": [{}]}),
    ("unknown field of a selector", {"podSelector": {"app": "web"}}),
    ("unknown field of a peer", {"podSelector": {}, "ingress": [{"from": [{"pods": {}}]}]}),
    ("unknown field of a port", {"podSelector": {}, "ingress": [{"ports": [{"number": 80}]}]}),
    ("rules as a mapping", {"podSelector": {}, "ingress": {"from": []}}),
]
SUBJECT = {"namespaces": {}}
PEER = {"namespaces": {"matchLabels": {"a": "b"}}}


def admin(**rule: Any) -> dict[str, Any]:
    return {"priority": 10, "subject": SUBJECT, "egress": [{"action": "Allow", "to": [PEER], **rule}]}


def cluster_wide(**rule: Any) -> dict[str, Any]:
    accept = {"action": "Accept", "to": [PEER], **rule}
    return {"tier": "Admin", "priority": 10, "subject": SUBJECT, "egress": [accept]}


ADMIN_SPECS: list[tuple[str, dict[str, Any]]] = [
    ("plain", admin()),
    ("no peer", admin(to=[])),
    ("empty peer", admin(to=[{}])),
    ("two peers in one", admin(to=[{"namespaces": {}, "networks": ["10.0.0.0/8"]}])),
    ("networks", admin(to=[{"networks": ["10.0.0.0/8", "fd00::/8"]}])),
    ("nodes", admin(to=[{"nodes": {}}])),
    ("domain names", admin(to=[{"domainNames": ["*.example.com"]}])),
    ("no network", admin(to=[{"networks": ["ten"]}])),
    ("action", admin(action="Accept")),
    ("number", admin(ports=[{"portNumber": {"protocol": "UDP", "port": 53}}])),
    ("port 0", admin(ports=[{"portNumber": {"protocol": "UDP", "port": 0}}])),
    ("named", admin(ports=[{"namedPort": "web"}])),
    ("range", admin(ports=[{"portRange": {"protocol": "TCP", "start": 80, "end": 90}}])),
    ("two ports in one", admin(ports=[{"namedPort": "web", "portNumber": {"protocol": "TCP", "port": 1}}])),
    ("no port", admin(ports=[{}])),
    ("old shape of namespaces", admin(to=[{"namespaces": {"namespaceSelector": {}}}])),
    ("same labels", admin(to=[{"namespaces": {"sameLabels": ["team"]}}])),
    ("priority", {**admin(), "priority": 1001}),
    ("no priority", {key: value for key, value in admin().items() if key != "priority"}),
    ("two subjects", {**admin(), "subject": {"namespaces": {}, "pods": {"podSelector": {}}}}),
    ("no subject", {**admin(), "subject": {}}),
]
CLUSTER_SPECS: list[tuple[str, dict[str, Any]]] = [
    ("plain", cluster_wide()),
    ("allow", cluster_wide(action="Allow")),
    ("pass", cluster_wide(action="Pass")),
    ("tcp", cluster_wide(protocols=[{"tcp": {"destinationPort": {"number": 80}}}])),
    ("range", cluster_wide(protocols=[{"udp": {"destinationPort": {"range": {"start": 1, "end": 2}}}}])),
    (
        "range of one",
        cluster_wide(protocols=[{"udp": {"destinationPort": {"range": {"start": 2, "end": 2}}}}]),
    ),
    ("named", cluster_wide(protocols=[{"destinationNamedPort": "web"}])),
    ("no protocol", cluster_wide(protocols=[{}])),
    ("no peer", cluster_wide(to=[])),
    ("tier", {**cluster_wide(), "tier": "Baseline"}),
    ("other tier", {**cluster_wide(), "tier": "admin"}),
]


OURS = [(name, policy) for name, policy, _ in (*test_read_namespaced.REFUSED, *test_read_admin.REFUSED)]
UNCHECKED = {"protocol of an older kind", "range upside down of an older kind"}
"""What v1alpha1 describes and its schema does not check."""


@pytest.fixture(scope="module")
def served(cluster: Cluster) -> Iterator[Cluster]:
    """The cluster with the kinds of admin policies."""
    made = []
    for name, kinds in CRDS.items():
        for kind in kinds:
            file = module(name) / "config/crd/experimental" / f"policy.networking.k8s.io_{kind}.yaml"
            made.append(cluster.admin.create(yaml.safe_load(file.read_text(encoding="utf-8"))))
    for kinds in CRDS.values():
        for kind in kinds:
            _wait(cluster, kind)
    yield cluster
    for crd in made:
        cluster.admin.delete(crd)


def _wait(cluster: Cluster, kind: str) -> None:
    for _ in range(100):
        code, _ = cluster.admin.request("GET", f"/apis/policy.networking.k8s.io/v1alpha1/{kind}")
        other, _ = cluster.admin.request("GET", f"/apis/policy.networking.k8s.io/v1alpha2/{kind}")
        if 200 in (code, other):
            return
        time.sleep(0.1)
    raise AssertionError(f"{kind} is not served")


def refused_there(cluster: Cluster, policy: dict[str, Any]) -> str:
    try:
        path = path_of(policy, named=False)
        cluster.admin.json("POST", f"{path}?dryRun=All&fieldValidation=Strict", policy)
    except Refusal as refusal:
        return str(refusal)
    return ""


def refused_here(policy: dict[str, Any]) -> list[str]:
    (read,) = policies(Index([Resource(policy, Nowhere())], snapshot=True))
    return [flaw.message for flaw in read.flaws if flaw.refused]


@pytest.mark.parametrize(("name", "spec"), SPECS, ids=[name for name, _ in SPECS])
def test_a_network_policy_is_refused_alike(cluster: Cluster, name: str, spec: dict[str, Any]) -> None:
    metadata = {"name": "tried", "namespace": "default"}
    policy = {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "NetworkPolicy",
        "metadata": metadata,
        "spec": spec,
    }
    theirs, ours = refused_there(cluster, policy), refused_here(policy)
    assert bool(theirs) == bool(ours), (theirs, ours)


@pytest.mark.parametrize(("name", "spec"), ADMIN_SPECS, ids=[name for name, _ in ADMIN_SPECS])
def test_an_admin_policy_is_refused_alike(served: Cluster, name: str, spec: dict[str, Any]) -> None:
    policy = {
        "apiVersion": "policy.networking.k8s.io/v1alpha1",
        "kind": "AdminNetworkPolicy",
        "metadata": {"name": "tried"},
        "spec": spec,
    }
    theirs, ours = refused_there(served, policy), refused_here(policy)
    assert bool(theirs) == bool(ours), (theirs, ours)


@pytest.mark.parametrize(("name", "spec"), CLUSTER_SPECS, ids=[name for name, _ in CLUSTER_SPECS])
def test_a_cluster_wide_policy_is_refused_alike(served: Cluster, name: str, spec: dict[str, Any]) -> None:
    policy = {
        "apiVersion": "policy.networking.k8s.io/v1alpha2",
        "kind": "ClusterNetworkPolicy",
        "metadata": {"name": "tried"},
        "spec": spec,
    }
    theirs, ours = refused_there(served, policy), refused_here(policy)
    assert bool(theirs) == bool(ours), (theirs, ours)


@pytest.mark.parametrize(("name", "policy"), OURS, ids=[name for name, _ in OURS])
def test_what_our_tests_call_refused_is_refused_there(served: Cluster, name: str, policy: Resource) -> None:
    assert bool(refused_there(served, dict(policy.body))) == (name not in UNCHECKED)


def test_a_live_cluster_and_its_snapshot_give_one_list(
    cluster: Cluster, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kubeconfig = str(cluster.kubeconfig("admin"))
    assert run(["network", "connections", "--cluster", "--kubeconfig", kubeconfig]) == 0
    live = capsys.readouterr().out
    saved = str(tmp_path / "cluster.tar.zst")
    assert run(["snapshot", "--kubeconfig", kubeconfig, "-o", saved]) == 0
    assert run(["network", "connections", saved]) == 0
    assert capsys.readouterr().out == live
    assert " => " in live


def test_what_we_suggest_the_api_server_takes(cluster: Cluster) -> None:
    app = (Path(__file__).parents[2] / "network" / "app.yaml").read_bytes()
    suggestions = suggest(Index(from_bytes(app, "app.yaml").resources, snapshot=True))
    assert len(suggestions.policies) > 4
    for policy in suggestions.policies:
        body = policy.body
        body["metadata"]["namespace"] = "default"
        assert refused_there(cluster, body) == ""
