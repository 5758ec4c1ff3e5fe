"""What policies of plugins' own kinds may change, and for whom."""

from __future__ import annotations

from typing import Any

import pytest

from scanner.facts.network.foreign import Foreign, foreign, foreign_to
from scanner.facts.network.pods import pods
from tests.facts.network.workloads import deployment, index, namespace
from tests.facts.objects import resource

WEB = deployment()
KINDS = {
    "CiliumNetworkPolicy": "cilium.io/v2",
    "CiliumClusterwideNetworkPolicy": "cilium.io/v2",
    "GlobalNetworkPolicy": "projectcalico.org/v3",
    "NetworkPolicy": "crd.projectcalico.org/v1",
    "ClusterNetworkPolicy": "crd.antrea.io/v1beta1",
    "EgressFirewall": "k8s.ovn.org/v1",
    "AuthorizationPolicy": "security.istio.io/v1",
    "Server": "policy.linkerd.io/v1beta3",
    "EgressNetworkPolicy": "network.openshift.io/v1",
    "FQDNNetworkPolicy": "networking.gke.io/v1alpha3",
}


def read(kind: str, spec: Any, name: str = "a", space: str = "shop") -> list[tuple[Foreign, bool]]:
    """What a policy does, and whether it may be about the pods of shop/web."""
    home = "" if kind.startswith(("CiliumC", "Global", "Cluster")) else space
    policy = resource(kind, KINDS[kind], name, home, spec=spec)
    at_hand = index(WEB, namespace("shop", team="red"), policy)
    (pod,) = pods(at_hand)
    return [(found, found.selects(pod)) for found in foreign(at_hand)]


BOTH = ["egress", "ingress"]


@pytest.mark.parametrize(
    ("kind", "spec", "opens", "closes"),
    [
        ("CiliumNetworkPolicy", {"ingress": [{"fromEndpoints": [{}]}]}, ["ingress"], ["ingress"]),
        ("CiliumNetworkPolicy", {"egress": [{}]}, [], ["egress"]),
        ("CiliumNetworkPolicy", {"egressDeny": [{"toEntities": ["world"]}]}, [], ["egress"]),
        (
            "CiliumNetworkPolicy",
            {"egress": [{"toPorts": []}], "enableDefaultDeny": {"egress": False}},
            ["egress"],
            [],
        ),
        ("GlobalNetworkPolicy", {"types": ["Ingress", "Egress"]}, [], BOTH),
        ("GlobalNetworkPolicy", {"egress": [{"action": "Allow"}]}, ["egress"], ["egress"]),
        ("GlobalNetworkPolicy", {"ingress": [{"action": "Deny"}]}, [], ["ingress"]),
        ("GlobalNetworkPolicy", {}, [], ["ingress"]),
        (
            "ClusterNetworkPolicy",
            {"ingress": [{"action": "Allow"}], "egress": [{"action": "Drop"}]},
            ["ingress"],
            ["egress"],
        ),
        (
            "EgressFirewall",
            {"egress": [{"type": "Deny", "to": {"cidrSelector": "0.0.0.0/0"}}]},
            [],
            ["egress"],
        ),
        ("EgressNetworkPolicy", {"egress": [{"type": "Deny"}]}, [], ["egress"]),
        ("FQDNNetworkPolicy", {}, BOTH, BOTH),
        ("AuthorizationPolicy", {}, [], ["ingress"]),
        ("AuthorizationPolicy", {"action": "DENY", "rules": [{}]}, [], ["ingress"]),
        ("Server", {"podSelector": {}, "port": 80}, [], ["ingress"]),
    ],
)
def test_changes(kind: str, spec: Any, opens: list[str], closes: list[str]) -> None:
    ((found, _),) = read(kind, spec)
    assert (sorted(found.opens), sorted(found.closes)) == (opens, closes)


@pytest.mark.parametrize(
    ("kind", "spec", "policy", "space"),
    [
        ("CiliumNetworkPolicy", {"nodeSelector": {}, "ingress": [{}]}, "a", "shop"),
        ("CiliumNetworkPolicy", None, "a", "shop"),
        ("CiliumNetworkPolicy", {"endpointSelector": {}}, "a", "shop"),
        ("NetworkPolicy", {"types": ["Ingress"]}, "knp.default.web", "shop"),
        ("EgressFirewall", {"egress": [{"type": "Allow"}]}, "a", "shop"),
        ("EgressFirewall", {"egress": "all"}, "a", "shop"),
        ("GlobalNetworkPolicy", {"preDNAT": True, "ingress": [{"action": "Deny"}]}, "a", ""),
        ("AuthorizationPolicy", {"rules": [{}]}, "a", "shop"),
        ("AuthorizationPolicy", {"action": "AUDIT", "rules": [{}]}, "a", "shop"),
        ("AuthorizationPolicy", {"action": "DENY"}, "a", "shop"),
        ("Server", {"accessPolicy": "all-unauthenticated"}, "a", "shop"),
    ],
)
def test_what_changes_nothing_for_pods_is_left_out(kind: str, spec: Any, policy: str, space: str) -> None:
    assert read(kind, spec, policy, space) == []


def matched(**labels: str) -> dict[str, Any]:
    return {"matchLabels": labels}


ANTREA = [{"action": "Drop"}]


@pytest.mark.parametrize(
    ("kind", "spec", "selected"),
    [
        ("CiliumNetworkPolicy", {"endpointSelector": {}}, True),
        ("CiliumNetworkPolicy", {"endpointSelector": matched(app="web")}, True),
        ("CiliumNetworkPolicy", {"endpointSelector": matched(**{"k8s:app": "web"})}, True),
        ("CiliumNetworkPolicy", {"endpointSelector": matched(**{"any:app": "db"})}, False),
        ("CiliumNetworkPolicy", {"endpointSelector": matched(**{"reserved:host": ""})}, True),
        (
            "CiliumClusterwideNetworkPolicy",
            {"endpointSelector": matched(**{"k8s:io.kubernetes.pod.namespace": "other"})},
            False,
        ),
        (
            "CiliumClusterwideNetworkPolicy",
            {"endpointSelector": matched(**{"io.cilium.k8s.namespace.labels.team": "red"})},
            True,
        ),
        ("GlobalNetworkPolicy", {"selector": "app == 'web'"}, True),
        ("GlobalNetworkPolicy", {"selector": "app == 'db'"}, False),
        ("GlobalNetworkPolicy", {"selector": "what is this"}, True),
        ("GlobalNetworkPolicy", {"namespaceSelector": "team == 'blue'"}, False),
        ("GlobalNetworkPolicy", {"selector": "projectcalico.org/namespace == 'shop'"}, True),
        ("ClusterNetworkPolicy", {"appliedTo": [{"podSelector": matched(app="db")}]}, False),
        ("ClusterNetworkPolicy", {"appliedTo": [{"namespaceSelector": matched(team="red")}]}, True),
        ("ClusterNetworkPolicy", {"appliedTo": [{"group": "g"}]}, True),
    ],
)
def test_whom_a_policy_may_be_about(kind: str, spec: Any, selected: bool) -> None:
    rule = ANTREA if kind == "ClusterNetworkPolicy" else [{"action": "Allow", "a": 1}]
    ((_, found),) = read(kind, {**spec, "ingress": rule})
    assert found is selected


def test_a_policy_is_about_its_own_namespace() -> None:
    ((_, found),) = read("CiliumNetworkPolicy", {"ingress": [{}]}, space="other")
    assert not found


def test_each_rule_of_a_policy_counts_by_itself() -> None:
    specs = [
        {"endpointSelector": matched(app="db"), "ingress": [{}]},
        {"endpointSelector": {}, "egress": [{}]},
    ]
    policy = resource("CiliumNetworkPolicy", "cilium.io/v2", "a", "shop", specs=specs)
    at_hand = index(WEB, policy)
    (pod,) = pods(at_hand)
    assert [(sorted(f.closes), f.selects(pod)) for f in foreign(at_hand)] == [
        (["ingress"], False),
        (["egress"], True),
    ]


@pytest.mark.parametrize(
    ("kind", "spec", "space", "selected"),
    [
        ("AuthorizationPolicy", {}, "shop", True),
        ("AuthorizationPolicy", {}, "other", False),
        ("AuthorizationPolicy", {}, "istio-system", True),
        ("AuthorizationPolicy", {"selector": matched(app="db")}, "istio-system", False),
        ("AuthorizationPolicy", {"targetRefs": [{"kind": "Service", "name": "a"}]}, "shop", True),
        ("Server", {"podSelector": matched(app="web")}, "shop", True),
        ("Server", {"podSelector": matched(app="db")}, "shop", False),
        ("Server", {"podSelector": {}}, "istio-system", False),
    ],
)
def test_whom_a_policy_of_a_mesh_may_be_about(kind: str, spec: Any, space: str, selected: bool) -> None:
    ((policy, found),) = read(kind, spec, space=space)
    assert found is selected
    assert policy.of_mesh


def test_cilium_takes_back_by_denying_alone_what_another_policy_lets_through() -> None:
    ((allows, _),) = read("CiliumNetworkPolicy", {"ingress": [{"fromEndpoints": [{}]}]})
    ((denies, _),) = read("CiliumNetworkPolicy", {"ingressDeny": [{}]})
    assert [allows.changes("ingress", True, by_rule) for by_rule in (False, True)] == [True, False]
    assert [denies.changes("ingress", True, by_rule) for by_rule in (False, True)] == [True, True]
    assert (allows.changes("ingress", False), denies.changes("ingress", False)) == (True, False)


def test_a_pods_policies_are_those_that_select_it() -> None:
    policies = [
        resource(
            "CiliumNetworkPolicy",
            "cilium.io/v2",
            app,
            "shop",
            spec={"endpointSelector": matched(app=app), "ingress": [{}]},
        )
        for app in ("web", "db")
    ]
    at_hand = index(WEB, deployment("agent", hostNetwork=True), *policies)
    found = {pod.workload.name: [str(each) for each in foreign_to(at_hand, pod)] for pod in pods(at_hand)}
    assert found == {"web": ["CiliumNetworkPolicy/shop/web"], "agent": []}
