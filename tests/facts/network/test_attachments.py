"""Which routes of the Gateway API a listener takes."""

from __future__ import annotations

from typing import Any

import pytest

from scanner.collect.interface import Resource
from scanner.facts.index import Index
from scanner.facts.network.attachments import attached, refusals
from tests.facts.network.cluster import gateway, listener, route
from tests.facts.objects import resource


def refused(found: Resource, *others: Resource, snapshot: bool = True) -> list[str]:
    """Where a route's refusals point; checks that both answers agree."""
    index = Index([found, *others], snapshot=snapshot)
    told = refusals(index, found)
    missing = [each for each in told if each.message.startswith("There is no ")]
    assert attached(index, found) == (len(missing) > 0 or not told)
    return [".".join(map(str, each.path)) for each in told]


NAME = "spec.parentRefs.0.name"


def parent(**more: Any) -> list[dict[str, Any]]:
    return [{"name": "front", "namespace": "edge", **more}]


def test_a_route_attaches_by_name() -> None:
    assert refused(route(), gateway(listener())) == []


def test_a_gateway_that_is_not_at_hand_is_said_and_yet_taken_as_a_way_in() -> None:
    assert refused(route()) == [NAME]
    assert refused(route(), gateway(listener(), namespace="other")) == [NAME]


def test_the_namespace_of_a_parent_is_the_routes_own_by_default() -> None:
    found = route(parents=[{"name": "front"}])
    assert refused(found, gateway(listener(), namespace="shop")) == []


@pytest.mark.parametrize(
    ("more", "path"),
    [
        ({"sectionName": "main"}, None),
        ({"sectionName": "other"}, "spec.parentRefs.0.sectionName"),
        ({"port": 80}, None),
        ({"port": 81}, "spec.parentRefs.0.port"),
        ({"sectionName": "main", "port": 81}, "spec.parentRefs.0.port"),
        ({"group": "gateway.networking.k8s.io", "kind": "Gateway"}, None),
        ({"group": None, "kind": None}, None),
    ],
)
def test_a_listener_is_chosen_by_name_and_port(more: dict[str, Any], path: str | None) -> None:
    assert refused(route(parents=parent(**more)), gateway(listener())) == ([path] if path else [])


def test_name_and_port_must_be_of_one_listener() -> None:
    listeners = listener(name="a", port=80), listener(name="b", port=81)
    found = route(parents=parent(sectionName="a", port=81))
    assert refused(found, gateway(*listeners)) == ["spec.parentRefs.0.port"]


@pytest.mark.parametrize(
    ("kind", "protocol", "taken"),
    [
        *(("HTTPRoute", p, p in ("HTTP", "HTTPS")) for p in ("HTTP", "HTTPS", "TLS", "TCP", "UDP")),
        *(("GRPCRoute", p, p in ("HTTP", "HTTPS")) for p in ("HTTP", "HTTPS", "TLS", "TCP", "UDP")),
        *(("TLSRoute", p, p == "TLS") for p in ("HTTP", "HTTPS", "TLS", "TCP", "UDP")),
        *(("TCPRoute", p, p in ("TLS", "TCP")) for p in ("HTTP", "HTTPS", "TLS", "TCP", "UDP")),
        *(("UDPRoute", p, p == "UDP") for p in ("HTTP", "HTTPS", "TLS", "TCP", "UDP")),
        ("HTTPRoute", "example.com/own", True),
    ],
)
def test_the_protocol_tells_which_routes_a_listener_takes(kind: str, protocol: str, taken: bool) -> None:
    assert refused(route(kind=kind), gateway(listener(protocol))) == ([] if taken else [NAME])


@pytest.mark.parametrize(
    ("kinds", "taken"),
    [
        ([{"kind": "HTTPRoute"}], True),
        ([{"kind": "GRPCRoute"}, {"kind": "HTTPRoute", "group": "gateway.networking.k8s.io"}], True),
        ([{"kind": "GRPCRoute"}], False),
        ([{"kind": "HTTPRoute", "group": "example.com"}], False),
        ([], True),
    ],
)
def test_a_listener_may_name_the_kinds_that_it_takes(kinds: Any, taken: bool) -> None:
    allowed = {"namespaces": {"from": "All"}, "kinds": kinds}
    assert refused(route(), gateway(listener(allowedRoutes=allowed))) == ([] if taken else [NAME])


@pytest.mark.parametrize(
    ("namespaces", "own", "other"),
    [
        (None, True, False),
        ({}, True, False),
        ({"from": "Same"}, True, False),
        ({"from": "All"}, True, True),
        ({"from": "None"}, False, False),
        ({"from": "Selector", "selector": {"matchLabels": {"team": "shop"}}}, True, True),
        ({"from": "Selector", "selector": {"matchLabels": {"team": "x"}}}, False, False),
        (
            {"from": "Selector", "selector": {"matchLabels": {"kubernetes.io/metadata.name": "shop"}}},
            True,
            True,
        ),
    ],
)
def test_a_listener_takes_routes_of_some_namespaces(namespaces: Any, own: bool, other: bool) -> None:
    home = resource("Namespace", "v1", "shop", labels={"team": "shop"})
    taking = listener(allowedRoutes={"namespaces": namespaces} if namespaces is not None else None)
    here = route(parents=[{"name": "front"}])
    assert refused(here, gateway(taking, namespace="shop"), home) == ([] if own else [NAME])
    assert refused(route(), gateway(taking), home) == ([] if other else [NAME])


def test_labels_of_a_namespace_that_is_not_at_hand_may_match() -> None:
    chosen = {"namespaces": {"from": "Selector", "selector": {"matchLabels": {"team": "x"}}}}
    front = gateway(listener(allowedRoutes=chosen))
    assert refused(route(), front, snapshot=False) == []
    assert refused(route(), front, snapshot=True) == [NAME]


@pytest.mark.parametrize(
    ("theirs", "own", "taken"),
    [
        ("", ["shop.example.com"], True),
        ("shop.example.com", [], True),
        ("shop.example.com", ["Shop.Example.com"], True),
        ("shop.example.com", ["api.example.com"], False),
        ("shop.example.com", ["api.example.com", "shop.example.com"], True),
        ("*.example.com", ["shop.example.com"], True),
        ("*.example.com", ["a.b.example.com"], True),
        ("*.example.com", ["example.com"], False),
        ("*.example.com", ["badexample.com"], False),
        ("*.example.com", ["*.example.com"], True),
        ("*.example.com", ["*.shop.example.com"], True),
        ("shop.example.com", ["*.example.com"], True),
        ("shop.example.com", ["*.example.org"], False),
    ],
)
@pytest.mark.parametrize(
    ("kind", "protocol"), [("HTTPRoute", "HTTP"), ("GRPCRoute", "HTTP"), ("TLSRoute", "TLS")]
)
def test_one_host_name_must_be_common(kind: str, protocol: str, theirs: str, own: Any, taken: bool) -> None:
    found = route(kind=kind, hostnames=own)
    assert refused(found, gateway(listener(protocol, hostname=theirs))) == (
        [] if taken else ["spec.hostnames"]
    )


def test_host_names_do_not_matter_to_other_routes() -> None:
    found = route(kind="TCPRoute", hostnames=["a.example.com"])
    assert refused(found, gateway(listener("TCP", hostname="b.example.com"))) == []


def test_all_conditions_must_be_fulfilled_by_one_listener() -> None:
    listeners = (
        listener(name="a", hostname="a.example.com"),
        listener(name="b", hostname="b.example.com", allowedRoutes={"kinds": [{"kind": "GRPCRoute"}]}),
    )
    assert refused(route(hostnames=["b.example.com"]), gateway(*listeners)) == ["spec.hostnames"]


def test_one_parent_that_takes_a_route_is_enough_and_the_other_is_told_of() -> None:
    found = route(parents=[*parent(), *parent(port=81)])
    index = Index([found, gateway(listener())], snapshot=True)
    assert attached(index, found)
    assert [each.path for each in refusals(index, found)] == [("spec", "parentRefs", 1, "port")]


def test_the_controllers_word_in_the_status_counts() -> None:
    found = route(parents=parent(port=81))
    condition = {"type": "Accepted", "status": "True"}
    found.body["status"] = {"parents": [{"parentRef": parent(port=81)[0], "conditions": [condition]}]}
    assert refused(found, gateway(listener())) == []
    found.body["status"]["parents"][0]["parentRef"]["port"] = 82
    assert refused(found, gateway(listener())) == ["spec.parentRefs.0.port"]


def test_listener_sets_have_listeners_too() -> None:
    listening = resource(
        "ListenerSet", "gateway.networking.k8s.io/v1", "front", "edge", spec={"listeners": [listener()]}
    )
    assert refused(route(parents=parent(kind="ListenerSet")), listening) == []
    assert refused(route(parents=parent(kind="ListenerSet", port=81)), listening) == [
        "spec.parentRefs.0.port"
    ]


@pytest.mark.parametrize("own", [parent(group="", kind="Service"), parent(kind="Mesh")])
def test_what_is_no_gateway_is_no_way_in(own: Any) -> None:
    found = route(parents=own)
    index = Index([found, gateway(listener())], snapshot=True)
    assert (attached(index, found), refusals(index, found)) == (False, [])


@pytest.mark.parametrize("none", [[], "junk", [None], [7], {}])
def test_a_route_without_parents_is_no_way_in(none: Any) -> None:
    assert refused(route(parents=none), gateway(listener())) == ["spec"]


@pytest.mark.parametrize("listeners", [(), (None,), ("junk",)])
def test_a_gateway_without_listeners_takes_nothing(listeners: Any) -> None:
    assert refused(route(), gateway(*listeners)) == [NAME]


@pytest.mark.parametrize(
    "junk", ["x", 7, [None], {"namespaces": "All"}, {"kinds": {}}, {"namespaces": {"from": 1}}]
)
def test_odd_listeners_do_not_crash(junk: Any) -> None:
    assert refused(route(hostnames=junk), gateway(listener(allowedRoutes=junk, hostname=junk))) == [NAME]
