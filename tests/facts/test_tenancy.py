"""Who reaches a namespace, where labels tell namespaces apart."""

from __future__ import annotations

from typing import Any

from scanner.collect.interface import Resource
from scanner.facts.tenancy import reached_by
from tests.facts.network.workloads import deployment, index, namespace, peer, policy, whole

RED, BLUE, COMMON = namespace("red", tenant="r"), namespace("blue", tenant="b"), namespace("common")
PODS = [deployment("api", "red"), deployment("web", "blue"), deployment("log", "common")]


def causes(name: str, *others: Resource, key: str = "tenant") -> list[tuple[str, ...]]:
    found: dict[str, Any] = reached_by(index(RED, BLUE, COMMON, *PODS, *others), whole(name)).get(key, {})
    keys = ("rule", "ports", "namespaces", "workloads")
    return [tuple(each[key] for key in keys) for each in found.get("causes", ())]


def test_without_policies_tenants_reach_each_other_and_what_is_nobodys() -> None:
    assert causes("red") == [("", "all ports", "blue", "api")]
    assert causes("common") == [("", "all ports", "blue, red", "log")]


def test_a_rule_that_lets_in_is_named() -> None:
    open_ = policy("open", "red", ingress=[{"from": [{"namespaceSelector": {}}], "ports": [{"port": 80}]}])
    assert causes("red", open_) == [("NetworkPolicy/red/open#ingress[0]", "TCP 80", "blue", "api")]


def test_closed_at_either_end_is_closed() -> None:
    own = policy("own", "red", ingress=[{"from": [peer("red")]}])
    assert causes("red", own) == []
    shut = policy("shut", "blue", egress=[])
    assert causes("red", shut) == []


def test_namespaces_of_one_tenant_are_one() -> None:
    more = [namespace("red-2", tenant="r"), deployment("job", "red-2")]
    assert causes("red", *more) == [("", "all ports", "blue", "api")]


def test_own_value_and_other_labels() -> None:
    at_hand = index(RED, BLUE, COMMON, *PODS, namespace("green", team="g"), deployment("a", "green"))
    found = reached_by(at_hand, whole("red"))
    assert {key: each["own"] for key, each in found.items()} == {"tenant": "r", "team": ""}


def test_pods_of_the_hosts_network_are_no_tenants() -> None:
    at_hand = index(RED, BLUE, PODS[0], deployment("web", "blue", hostNetwork=True))
    assert reached_by(at_hand, whole("red")) == {}


def test_many_names_are_not_all_told() -> None:
    many = [namespace(f"n{at}", tenant=f"t{at}") for at in range(9)]
    found = causes("red", *many, *(deployment("a", f"n{at}") for at in range(9)))
    assert found == [("", "all ports", "blue, n0, n1 and 7 more", "api")]
