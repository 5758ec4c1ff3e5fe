"""NetworkPolicies as they are read: what the API has, what it refuses, and what then opens nothing."""

from __future__ import annotations

from typing import Any

import pytest

from scanner.collect.interface import Resource
from scanner.facts.index import Index
from scanner.facts.network.policies import Addresses, NamedPort, Selected, Unreadable
from scanner.facts.network.ports import LAST_PORT, PortRange
from scanner.facts.network.read import every_policy, policies
from scanner.facts.network.selectors import NOTHING
from tests.facts.network.shapes import network_policy, read, refused


def ingress(**rule: Any) -> Resource:
    return network_policy({"podSelector": {}, "ingress": [rule]})


def peer(body: Any) -> Resource:
    return ingress(**{"from": [body]})


def port(body: Any) -> Resource:
    return ingress(ports=[body])


def block(**body: Any) -> Resource:
    return peer({"ipBlock": {"cidr": "10.0.0.0/8", **body}})


def selector(body: Any) -> Resource:
    return network_policy({"podSelector": body})


def expression(**body: Any) -> Resource:
    return selector({"matchExpressions": [body]})


RULE = "spec.ingress.0"
REFUSED: list[tuple[str, Resource, list[str]]] = [
    ("spec", network_policy([]), ["spec"]),
    ("unknown field", network_policy({"podSelector": {}, "ingres": []}), ["spec.ingres"]),
    ("policy types", network_policy({"policyTypes": "Ingress"}), ["spec.policyTypes"]),
    ("policy type", network_policy({"policyTypes": ["ingress"]}), ["spec.policyTypes.0"]),
    ("policy type of another type", network_policy({"policyTypes": [["Ingress"]]}), ["spec.policyTypes.0"]),
    (
        "too many policy types",
        network_policy({"policyTypes": ["Ingress", "Egress", "Ingress"]}),
        ["spec.policyTypes"],
    ),
    ("rules", network_policy({"ingress": {"from": []}}), ["spec.ingress"]),
    ("rule", network_policy({"ingress": ["all"]}), [RULE]),
    ("field of a rule", ingress(to=[]), [f"{RULE}.to"]),
    ("peers", ingress(**{"from": {"podSelector": {}}}), [f"{RULE}.from"]),
    ("peer", peer("all"), [f"{RULE}.from.0"]),
    ("empty peer", peer({}), [f"{RULE}.from.0"]),
    ("null peer", peer(None), [f"{RULE}.from.0"]),
    ("field of a peer", peer({"podSelector": {}, "pods": {}}), [f"{RULE}.from.0.pods"]),
    ("block and selector", peer({"podSelector": {}, "ipBlock": {"cidr": "10.0.0.0/8"}}), [f"{RULE}.from.0"]),
    ("block", peer({"ipBlock": "10.0.0.0/8"}), [f"{RULE}.from.0.ipBlock"]),
    ("field of a block", block(excep=[]), [f"{RULE}.from.0.ipBlock.excep"]),
    ("no CIDR", block(cidr=None), [f"{RULE}.from.0.ipBlock.cidr"]),
    ("address", block(cidr="10.0.0.1"), [f"{RULE}.from.0.ipBlock.cidr"]),
    ("mask", block(cidr="10.0.0.0/255.0.0.0"), [f"{RULE}.from.0.ipBlock.cidr"]),
    ("long prefix", block(cidr="10.0.0.0/33"), [f"{RULE}.from.0.ipBlock.cidr"]),
    ("zone", block(cidr="fe80::1%eth0/64"), [f"{RULE}.from.0.ipBlock.cidr"]),
    ("space", block(cidr="10.0.0.0/8 "), [f"{RULE}.from.0.ipBlock.cidr"]),
    ("except", block(**{"except": "10.1.0.0/16"}), [f"{RULE}.from.0.ipBlock.except"]),
    ("no except", block(**{"except": [None]}), [f"{RULE}.from.0.ipBlock.except.0"]),
    ("except outside", block(**{"except": ["11.0.0.0/16"]}), [f"{RULE}.from.0.ipBlock.except.0"]),
    ("except of all", block(**{"except": ["10.0.0.0/8"]}), [f"{RULE}.from.0.ipBlock.except.0"]),
    ("except of more", block(**{"except": ["10.0.0.0/7"]}), [f"{RULE}.from.0.ipBlock.except.0"]),
    ("except of IPv6", block(**{"except": ["fd00::/16"]}), [f"{RULE}.from.0.ipBlock.except.0"]),
    ("ports", ingress(ports={"port": 80}), [f"{RULE}.ports"]),
    ("port", port(80), [f"{RULE}.ports.0"]),
    ("field of a port", port({"number": 80}), [f"{RULE}.ports.0.number"]),
    ("protocol", port({"protocol": "tcp"}), [f"{RULE}.ports.0.protocol"]),
    ("protocol of another type", port({"protocol": ["TCP"]}), [f"{RULE}.ports.0.protocol"]),
    ("port 0", port({"port": 0}), [f"{RULE}.ports.0.port"]),
    ("port 65536", port({"port": 65536}), [f"{RULE}.ports.0.port"]),
    ("port of another type", port({"port": True}), [f"{RULE}.ports.0.port"]),
    ("port as text", port({"port": "80"}), [f"{RULE}.ports.0.port"]),
    ("name in capitals", port({"port": "HTTP"}), [f"{RULE}.ports.0.port"]),
    ("long name", port({"port": "a-very-long-name"}), [f"{RULE}.ports.0.port"]),
    ("name with two dashes", port({"port": "a--b"}), [f"{RULE}.ports.0.port"]),
    ("end without start", port({"endPort": 80}), [f"{RULE}.ports.0.endPort"]),
    ("end of a name", port({"port": "http", "endPort": 80}), [f"{RULE}.ports.0.endPort"]),
    ("end below", port({"port": 80, "endPort": 79}), [f"{RULE}.ports.0.endPort"]),
    ("end beyond", port({"port": 80, "endPort": 65536}), [f"{RULE}.ports.0.endPort"]),
    ("selector", selector("app"), ["spec.podSelector"]),
    ("labels without matchLabels", selector({"app": "web"}), ["spec.podSelector.app"]),
    ("labels", selector({"matchLabels": ["app"]}), ["spec.podSelector.matchLabels"]),
    ("label's value", selector({"matchLabels": {"app": 1}}), ["spec.podSelector.matchLabels.app"]),
    ("label's text", selector({"matchLabels": {"app": "my web"}}), ["spec.podSelector.matchLabels.app"]),
    ("label's key", selector({"matchLabels": {"my app": "a"}}), ["spec.podSelector.matchLabels.my app"]),
    ("expressions", selector({"matchExpressions": {}}), ["spec.podSelector.matchExpressions"]),
    ("expression", selector({"matchExpressions": ["app"]}), ["spec.podSelector.matchExpressions.0"]),
    ("no key", expression(operator="Exists"), ["spec.podSelector.matchExpressions.0"]),
    (
        "operator",
        expression(key="app", operator="Equals", values=["a"]),
        ["spec.podSelector.matchExpressions.0.operator"],
    ),
    (
        "operator of another type",
        expression(key="app", operator=["In"], values=["a"]),
        ["spec.podSelector.matchExpressions.0.operator"],
    ),
    ("no values", expression(key="app", operator="In"), ["spec.podSelector.matchExpressions.0"]),
    (
        "values of another type",
        expression(key="app", operator="In", values="a"),
        ["spec.podSelector.matchExpressions.0.values"],
    ),
    (
        "values of Exists",
        expression(key="app", operator="Exists", values=["a"]),
        ["spec.podSelector.matchExpressions.0.values"],
    ),
    (
        "a value of another type",
        expression(key="app", operator="In", values=["a", 1]),
        ["spec.podSelector.matchExpressions.0.values.1"],
    ),
    (
        "field of an expression",
        expression(key="app", operator="Exists", value="a"),
        ["spec.podSelector.matchExpressions.0.value"],
    ),
]


@pytest.mark.parametrize(
    ("policy", "places"), [each[1:] for each in REFUSED], ids=[each[0] for each in REFUSED]
)
def test_network_policies_are_refused_at_the_field(policy: Resource, places: list[str]) -> None:
    assert refused(policy) == places


def test_the_shortest_network_policies_are_taken() -> None:
    shortest: list[Any] = [None, {}, {"ingress": None}, {"ingress": [None]}]
    shortest.append({"ingress": [{"from": [], "ports": None}]})
    for spec in shortest:
        assert read(network_policy(spec)).flaws == ()
    (rule,) = read(network_policy({"ingress": [None]})).ingress or ()
    assert rule.peers is None
    assert rule.ports is None


def test_what_is_no_list_opens_nothing() -> None:
    peers: list[Any] = ["all", {}, [1]]
    for each in peers:
        (found,) = read(ingress(**{"from": each})).ingress or ()
        assert found.peers is not None
        assert all(isinstance(peer, Unreadable) for _, peer in found.peers)
    bad: list[Any] = ["all", {}, [1], [{"port": 0}]]
    for ports in bad:
        (found,) = read(ingress(ports=ports)).ingress or ()
        assert found.ports == ()


def test_a_selector_that_cannot_be_read_selects_nothing() -> None:
    unreadable: list[Any] = ["app", {"app": "web"}, {"matchLabels": []}, {"matchExpressions": {}}]
    for body in unreadable:
        assert read(selector(body)).subjects == (frozenset(), NOTHING)
    (rule,) = read(peer({"namespaceSelector": {"name": "shop"}})).ingress or ()
    assert rule.peers is not None
    assert rule.peers[0][1] == Selected(NOTHING, frozenset())


def test_ports_are_read_as_the_api_defaults_them() -> None:
    for body, expected in (
        ({}, PortRange("TCP", 1, LAST_PORT)),
        (None, PortRange("TCP", 1, LAST_PORT)),
        ({"protocol": "UDP"}, PortRange("UDP", 1, LAST_PORT)),
        ({"port": 80}, PortRange("TCP", 80, 80)),
        ({"port": 80, "endPort": 80}, PortRange("TCP", 80, 80)),
        ({"port": "web-1"}, NamedPort("web-1", "TCP")),
    ):
        (rule,) = read(port(body)).ingress or ()
        assert rule.ports == (expected,)


def test_bits_beyond_a_prefix_are_noted_and_left_out() -> None:
    policy = read(block(cidr="10.1.2.3/8"))
    assert not policy.refused
    assert ["10.1.2.3/8" in flaw.message for flaw in policy.flaws] == [True]
    (rule,) = policy.ingress or ()
    assert [str(each.networks[0]) for _, each in rule.peers or () if isinstance(each, Addresses)] == [
        "10.0.0.0/8"
    ]


def test_rules_that_policy_types_leave_out_are_noted() -> None:
    policy = read(network_policy({"policyTypes": ["Ingress"], "egress": [{}]}))
    assert policy.egress is None
    assert [(flaw.path, flaw.refused) for flaw in policy.flaws] == [(("spec", "egress"), False)]


def test_of_policies_with_one_name_the_last_is_in_force_and_each_is_flawed() -> None:
    first, last = network_policy({"podSelector": {}}), network_policy({"podSelector": {}, "ingress": [{}]})
    index = Index([first, last], snapshot=True)
    assert [policy.resource for policy in policies(index)] == [last]
    assert all(every_policy(index)[id(each)].refused for each in (first, last))
    same = Index([first, network_policy({"podSelector": {}})], snapshot=True)
    assert not any(policy.flaws for policy in every_policy(same).values())


def test_what_is_quoted_is_short() -> None:
    (flaw,) = read(port({"protocol": "x" * 1000})).flaws
    assert len(flaw.message) < 400
