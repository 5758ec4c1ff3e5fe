"""Isolation in effect, whatever kind of policy it comes from."""

from __future__ import annotations

from typing import Any

import pytest

from scanner.collect.interface import Resource
from scanner.facts import isolation
from tests.facts.network.workloads import admin, deployment, index, live, namespace, policy, unit, whole
from tests.facts.objects import resource

WEB = deployment()
ALL_PODS: list[Any] = [{"namespaces": {}}]
EVERYWHERE = [*ALL_PODS, {"networks": ["0.0.0.0/0", "::/0"]}]


def deny(kind: str, **directions: Any) -> Resource:
    keys = {"ingress": "from", "egress": "to"}
    rules = {d: [{"action": "Deny", keys[d]: peers}] for d, peers in directions.items()}
    return admin(kind, **rules)


@pytest.mark.parametrize(
    ("policies", "ingress", "egress"),
    [
        ([], False, False),
        ([policy(ingress=[])], True, False),
        ([policy(egress=[])], False, True),
        ([policy(pods={"matchLabels": {"app": "db"}}, ingress=[])], False, False),
        ([deny("BaselineAdminNetworkPolicy", ingress=ALL_PODS)], True, False),
        ([deny("AdminNetworkPolicy", ingress=ALL_PODS, egress=EVERYWHERE)], True, True),
        ([deny("AdminNetworkPolicy", egress=ALL_PODS)], False, False),
        ([deny("AdminNetworkPolicy", ingress=[{"namespaces": {"matchLabels": {"a": "b"}}}])], False, False),
    ],
)
def test_isolated(policies: list[Resource], ingress: bool, egress: bool) -> None:
    found = isolation.isolated(index(WEB, *policies), unit(WEB))
    assert found == {"ingress": ingress, "egress": egress}


def test_all_pods_of_a_workload_must_be_isolated() -> None:
    one, other = live("web-1", "web"), live("web-2", "web")
    other.body["metadata"]["labels"]["debug"] = "yes"
    policies = policy(pods={"matchExpressions": [{"key": "debug", "operator": "DoesNotExist"}]}, ingress=[])
    assert isolation.isolated(index(WEB, one, policies), unit(WEB))["ingress"]
    assert not isolation.isolated(index(WEB, one, other, policies), unit(WEB))["ingress"]


def test_whose_network_the_pods_have() -> None:
    host = deployment("agent", hostNetwork=True)
    done = live("web-1", "web")
    done.body["status"] = {"phase": "Succeeded"}
    assert isolation.network(index(WEB), unit(WEB)) == "own"
    assert isolation.network(index(host), unit(host)) == "host"
    assert isolation.network(index(done), unit(done)) == "none"


def test_refused_policies_isolate_nobody_and_are_doubts_where_they_select() -> None:
    wrong = policy(ingress=[{"ports": [{"port": 70_000}]}])
    other = deployment("api", "other")
    at_hand = index(WEB, wrong, other)
    assert not isolation.isolated(at_hand, unit(WEB))["ingress"]
    (doubt,) = isolation.doubts(at_hand, unit(WEB))["ingress"]
    why = "port 70000 is not a number from 1 to 65535"
    assert doubt["reason"] == f"the API server would refuse NetworkPolicy/shop/web: {why}"
    assert doubt["at"]["name"] == "web"
    assert isolation.doubts(at_hand, unit(WEB))["egress"] == []
    assert isolation.doubts(at_hand, unit(other))["ingress"] == []
    assert isolation.doubts(at_hand, whole("shop"))["ingress"] == [doubt]


def test_policies_of_plugins_are_doubts_the_widest_first() -> None:
    cilium = resource(
        "CiliumNetworkPolicy", "cilium.io/v2", "a", "shop", spec={"egress": [{"toEntities": ["all"]}]}
    )
    everywhere = resource("CiliumClusterwideNetworkPolicy", "cilium.io/v2", "b", spec={"egressDeny": [{}]})
    found = [
        [(doubt["reason"], doubt["opens"], doubt["closes"]) for doubt in doubts["egress"]]
        for policies in ([cilium], [cilium, everywhere])
        for doubts in (isolation.doubts(index(WEB, *policies), unit(WEB)),)
    ]
    one = ("what CiliumNetworkPolicy/shop/a does is not worked out", True, True)
    other = ("what CiliumClusterwideNetworkPolicy/b does is not worked out", False, True)
    assert found == [[one], [one, other]]


def test_policies_of_administrators_that_nothing_enforces_are_doubts() -> None:
    spec = {"containers": [{"name": "agent", "image": "quay.io/cilium/cilium:v1.19.7"}]}
    agent = resource("DaemonSet", "apps/v1", "cilium", "kube-system", spec={"template": {"spec": spec}})
    idle = admin(
        "AdminNetworkPolicy",
        ingress=[{"action": "Deny", "from": ALL_PODS}],
        egress=[{"action": "Pass", "to": ALL_PODS}],
    )
    found = isolation.doubts(index(WEB, idle, agent), unit(WEB))
    reason = "AdminNetworkPolicy/default has no effect (Cilium v1.19.7: no version of it enforces the kind)"
    at = {"kind": idle.group_kind, "namespace": "", "name": "default"}
    assert found == {
        "ingress": [{"reason": reason, "opens": True, "closes": False, "at": at}],
        "egress": [{"reason": reason, "opens": False, "closes": True, "at": at}],
    }
    assert isolation.doubts(index(WEB, idle), unit(WEB)) == {"ingress": [], "egress": []}


def test_namespaces() -> None:
    default = deny("BaselineAdminNetworkPolicy", ingress=ALL_PODS)
    found = isolation.namespace(index(WEB, default), unit(WEB))
    assert found == {"policies": False, "isolated": True, "open": ["egress"]}
    at_hand = index(WEB, deployment("api"), policy(pods={"matchLabels": {"app": "api"}}, ingress=[]))
    assert isolation.namespace(at_hand, whole("shop")) == {
        "policies": True,
        "isolated": False,
        "open": ["egress"],
    }
    declared = isolation.namespace(index(WEB, namespace("shop")), whole("shop"))
    assert declared["open"] == ["ingress", "egress"]
    assert declared["at"] == {"kind": "Namespace", "namespace": "", "name": "shop"}
