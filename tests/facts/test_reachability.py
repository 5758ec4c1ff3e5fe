"""What pods are open to, and which rules open it."""

from __future__ import annotations

from typing import Any

import pytest

from scanner.facts import reachability
from tests.facts.network.workloads import admin, deployment, index, live, peer, policy, service, unit

WEB = deployment()
PORT = [{"port": 8080}]
ANY = {"ipBlock": {"cidr": "0.0.0.0/0"}}


def rules(found: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(each["rule"], each["ports"]) for each in found]


@pytest.mark.parametrize(
    ("sources", "open_"),
    [
        ([{"namespaceSelector": {}}], True),
        ([peer("other")], False),
        ([{"podSelector": {}}], False),
        (
            [
                {
                    "namespaceSelector": {
                        "matchExpressions": [{"key": "a", "operator": "NotIn", "values": ["b"]}]
                    }
                }
            ],
            True,
        ),
        ([ANY], False),
    ],
)
def test_from_all_namespaces(sources: list[Any], open_: bool) -> None:
    at_hand = index(WEB, policy(ingress=[{"from": sources, "ports": PORT}]))
    found = reachability.from_all_namespaces(at_hand, unit(WEB))
    assert rules(found) == ([("NetworkPolicy/shop/web#ingress[0]", "TCP 8080")] if open_ else [])


def test_opening_names_its_place() -> None:
    (found,) = reachability.from_all_namespaces(index(WEB, policy(ingress=[{"ports": PORT}])), unit(WEB))
    assert found["at"] == {
        "kind": "NetworkPolicy.networking.k8s.io",
        "namespace": "shop",
        "name": "web",
        "path": ["spec", "ingress", 0],
    }
    assert (found["whole"], found["workload"]) == (False, "shop/web")


def test_what_a_policy_shows_by_its_text_is_marked() -> None:
    (found,) = reachability.from_all_namespaces(index(WEB, policy(ingress=[{}])), unit(WEB))
    assert found["whole"]


def test_admin_policies_decide_first() -> None:
    open_ = policy(ingress=[{"from": [{"namespaceSelector": {}}], "ports": PORT}])
    deny = admin("AdminNetworkPolicy", ingress=[{"action": "Deny", "from": [{"namespaces": {}}]}])
    assert reachability.from_all_namespaces(index(WEB, open_, deny), unit(WEB)) == []


def test_without_isolation_there_is_nothing_to_name() -> None:
    at_hand = index(WEB)
    assert reachability.from_all_namespaces(at_hand, unit(WEB)) == []
    assert reachability.to_metadata_service(at_hand, unit(WEB)) == []
    assert reachability.to_world(at_hand, unit(WEB)) is None


def test_what_the_internet_reaches_is_not_told_twice() -> None:
    at_hand = index(WEB, service("LoadBalancer"), policy(ingress=[{"ports": [*PORT, {"port": 9090}]}]))
    assert rules(reachability.from_all_namespaces(at_hand, unit(WEB))) == [
        ("NetworkPolicy/shop/web#ingress[0]", "TCP 9090")
    ]


@pytest.mark.parametrize(
    ("to", "ports", "open_"),
    [
        ([ANY], None, True),
        (None, [{"port": 80}], True),
        ([ANY], [{"port": 443}], False),
        ([ANY], [{"port": 80, "protocol": "UDP"}], False),
        ([{"ipBlock": {"cidr": "0.0.0.0/0", "except": ["169.254.0.0/16"]}}], None, False),
        ([{"ipBlock": {"cidr": "169.254.169.254/32"}}], None, True),
        ([{"ipBlock": {"cidr": "::/0"}}], None, True),
        ([{"namespaceSelector": {}}], None, False),
    ],
)
def test_to_metadata_service(to: Any, ports: Any, open_: bool) -> None:
    rule = {key: value for key, value in (("to", to), ("ports", ports)) if value is not None}
    found = reachability.to_metadata_service(index(WEB, policy(egress=[rule])), unit(WEB))
    assert [each["rule"] for each in found] == (["NetworkPolicy/shop/web#egress[0]"] if open_ else [])


def test_an_admin_policy_closes_the_metadata_service_of_the_whole_cluster() -> None:
    networks = ["169.254.169.254/32", "fd00:ec2::254/128"]
    deny = admin("AdminNetworkPolicy", egress=[{"action": "Deny", "to": [{"networks": networks}]}])
    at_hand = index(WEB, policy(egress=[{}]), deny)
    assert reachability.to_metadata_service(at_hand, unit(WEB)) == []


def test_pods_without_ipv6_do_not_reach_its_metadata_service() -> None:
    out = policy(egress=[{"to": [{"ipBlock": {"cidr": "::/0"}}]}])
    assert (
        reachability.to_metadata_service(index(WEB, live("web-1", "web", address="10.0.0.1"), out), unit(WEB))
        == []
    )


@pytest.mark.parametrize(
    ("egress", "count"),
    [
        ([{"to": [ANY]}], 65_535),
        ([{"to": [{"ipBlock": {"cidr": "0.0.0.0/1"}}, {"ipBlock": {"cidr": "128.0.0.0/1"}}]}], 65_535),
        (
            [{"to": [{"ipBlock": {"cidr": "0.0.0.0/1"}}]}, {"to": [{"ipBlock": {"cidr": "128.0.0.0/1"}}]}],
            65_535,
        ),
        ([{"to": [{"ipBlock": {"cidr": "0.0.0.0/0", "except": ["10.0.0.0/8", "8.8.8.8/32"]}}]}], 65_535),
        ([{"ports": [{"port": 443}, {"port": 8000, "endPort": 8009}]}], 11),
        ([{"to": [{"ipBlock": {"cidr": "203.0.113.0/24"}}]}], None),
        ([{"to": [{"ipBlock": {"cidr": "10.0.0.0/8"}}]}], None),
    ],
)
def test_to_world(egress: list[Any], count: int | None) -> None:
    found = reachability.to_world(index(WEB, policy(egress=egress)), unit(WEB))
    assert (found and found["count"]) == count


def test_equal_workloads_have_equal_answers_when_there_is_nothing_to_say() -> None:
    one, other = deployment("one"), deployment("two")
    at_hand = index(one, other, policy(ingress=[], egress=[]))
    for fact in (reachability.from_all_namespaces, reachability.to_metadata_service, reachability.to_world):
        assert fact(at_hand, unit(one)) == fact(at_hand, unit(other))
