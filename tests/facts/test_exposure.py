"""What the internet reaches, by which way, and which rule lets it."""

from __future__ import annotations

from typing import Any

import pytest

from scanner.collect.interface import Resource
from scanner.facts.exposure import from_internet
from tests.facts.network.workloads import (
    deployment,
    index,
    ingress,
    node,
    peer,
    policy,
    service,
    unit,
)

WEB = deployment()
PORT = [{"port": 8080}]
INTERNAL = "service.beta.kubernetes.io/azure-load-balancer-internal"


def annotated(resource: Resource, **annotations: str) -> Resource:
    resource.body["metadata"]["annotations"] = annotations
    return resource


def addressed(resource: Resource, **point: str) -> Resource:
    resource.body["status"] = {"loadBalancer": {"ingress": [point]}}
    return resource


def proxy(**spec: Any) -> Resource:
    found = deployment("nginx", "ingress-nginx", **spec)
    containers = found.body["spec"]["template"]["spec"]["containers"]
    containers[0]["image"] = "registry.k8s.io/ingress-nginx/controller:v1.13.0"
    return found


def nginx() -> Resource:
    """An Ingress of the class that the proxy takes."""
    found = ingress()
    found.body["spec"]["ingressClassName"] = "nginx"
    return found


def ways(*others: Resource) -> dict[str, tuple[str, str]]:
    """Certainty → ports and ways."""
    found = from_internet(index(WEB, *others), unit(WEB)) or {}
    return {sure: (each["ports"], each["ways"]) for sure, each in found.items()}


LOAD_BALANCER = {"open": ("TCP 8080", "Service shop/web (load balancer)")}
INGRESS = {"open": ("TCP 8080", "Ingress shop/web")}


@pytest.mark.parametrize(
    ("objects", "expected"),
    [
        ([], {}),
        ([service()], {}),
        ([service("LoadBalancer")], LOAD_BALANCER),
        ([addressed(service("LoadBalancer"), ip="10.1.2.3")], {}),
        ([addressed(service("LoadBalancer"), ip="8.8.8.8")], LOAD_BALANCER),
        ([addressed(service("LoadBalancer"), hostname="a.example.com")], LOAD_BALANCER),
        ([annotated(service("LoadBalancer"), **{INTERNAL: "true"})], {}),
        ([service("LoadBalancer", loadBalancerSourceRanges=["203.0.113.0/24"])], {}),
        ([service("LoadBalancer", loadBalancerSourceRanges=["10.0.0.0/8"])], {}),
        ([service("LoadBalancer", loadBalancerSourceRanges=["0.0.0.0/0"])], LOAD_BALANCER),
        ([service("LoadBalancer", name="api")], {}),
        ([service(), ingress()], INGRESS),
        ([service(externalIPs=["8.8.8.8"])], {"open": ("TCP 8080", "Service shop/web (external IP)")}),
        ([service(externalIPs=["10.0.0.9"])], {}),
        ([service("NodePort")], {}),
        ([service("NodePort"), node("10.0.0.4")], {}),
        (
            [service("NodePort"), node("8.8.4.4")],
            {"perhaps": ("TCP 8080", "Service shop/web (a port of every node)")},
        ),
    ],
)
def test_ways_in(objects: list[Resource], expected: dict[str, tuple[str, str]]) -> None:
    assert ways(*objects) == expected


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({}, LOAD_BALANCER),
        ({"ports": PORT}, LOAD_BALANCER),
        ({"ports": [{"port": 9090}]}, {}),
        ({"from": [{"ipBlock": {"cidr": "0.0.0.0/0"}}]}, LOAD_BALANCER),
        ({"from": [{"ipBlock": {"cidr": "203.0.113.0/24"}}]}, {}),
        ({"from": [{"namespaceSelector": {}}]}, {}),
    ],
)
def test_policies_let_clients_in_or_not(rule: Any, expected: dict[str, tuple[str, str]]) -> None:
    local = service("LoadBalancer", externalTrafficPolicy="Local")
    assert ways(local, policy(ingress=[rule])) == expected


def test_clients_may_look_like_nodes() -> None:
    inside = policy(ingress=[{"from": [{"ipBlock": {"cidr": "10.0.0.0/8"}}]}])
    assert list(ways(service("LoadBalancer"), inside, node("10.0.0.4"))) == ["perhaps"]
    assert ways(service("LoadBalancer"), inside, node("192.168.0.4")) == {}
    local = service("LoadBalancer", externalTrafficPolicy="Local")
    assert ways(local, inside, node("10.0.0.4")) == {}


@pytest.mark.parametrize(
    ("sources", "controllers", "expected"),
    [
        ([{"namespaceSelector": {}}], [], ["open"]),
        ([peer("ingress-nginx")], [], []),
        ([peer("ingress-nginx")], [deployment("other", "ingress-nginx")], ["perhaps"]),
        ([peer("ingress-nginx")], [proxy()], ["open"]),
        ([peer("other")], [proxy(), deployment("other", "other")], []),
        ([{"podSelector": {}}], [], []),
        ([{"ipBlock": {"cidr": "10.0.0.0/8"}}], [], ["perhaps"]),
    ],
)
def test_policies_let_controllers_in_or_not(
    sources: list[Any], controllers: list[Resource], expected: list[str]
) -> None:
    assert list(ways(service(), nginx(), policy(ingress=[{"from": sources}]), *controllers)) == expected


@pytest.mark.parametrize("name", ["", "haproxy"])
@pytest.mark.parametrize("sources", [[peer("ingress-nginx")], [peer("shop")]])
def test_an_ingress_that_no_proxy_at_hand_answers_for_is_not_known(sources: list[Any], name: str) -> None:
    found = ingress()
    found.body["spec"]["ingressClassName"] = name
    others = (service(), found, policy(ingress=[{"from": sources}]), deployment("front"), proxy())
    assert list(ways(*others)) == ["perhaps"]
    assert list(ways(*others, policy("open", ingress=[{}]))) == ["open"]
    assert ways(*others[:2], policy(ingress=[]), proxy()) == {}


def test_controllers_of_an_internal_load_balancer_bring_no_internet() -> None:
    front = service("LoadBalancer", "nginx", "ingress-nginx")
    assert ways(service(), nginx(), proxy(), front) == INGRESS
    assert ways(service(), nginx(), proxy(), annotated(front, **{INTERNAL: "true"})) == {}


def test_the_rule_that_lets_in_is_named() -> None:
    at_hand = index(WEB, service("LoadBalancer"), policy(ingress=[{"ports": [{"port": 1}]}, {"ports": PORT}]))
    found = from_internet(at_hand, unit(WEB))
    assert found is not None
    assert [each["rule"] for each in found["open"]["rules"]] == ["NetworkPolicy/shop/web#ingress[1]"]
    found = from_internet(index(WEB, service("LoadBalancer")), unit(WEB))
    assert found is not None
    assert [each["rule"] for each in found["open"]["rules"]] == [""]


def test_a_nodes_own_network_is_a_fault_of_its_own() -> None:
    host = deployment("agent", hostNetwork=True)
    assert from_internet(index(host, node("8.8.4.4")), unit(host)) is None
