"""The pods and ports that Services send their traffic to."""

from __future__ import annotations

from typing import Any

import pytest

from scanner.collect.interface import Resource
from scanner.facts.index import Index
from scanner.facts.network.services import readiness, targets
from tests.facts.network.cluster import deployment, endpoint_slice, pod, service
from tests.facts.objects import resource


def behind(found: Resource, *others: Resource) -> list[tuple[str, int]]:
    """The pods and ports behind all ports of a Service."""
    index = Index([found, *others], snapshot=True)
    return [(p.resource.name, port) for target in targets(index, found) for p, port in target.pods]


def test_the_selector_chooses_pods_of_the_services_namespace_and_templates_alike() -> None:
    others = [pod("web"), pod("web", "other"), pod("api"), deployment("web")]
    assert behind(service("web"), *others) == [("web", 80), ("web", 80)]


def test_all_labels_of_the_selector_must_match() -> None:
    both = pod("both", labels={"app": "web", "tier": "front"})
    found = service(selector={"app": "web", "tier": "front"})
    assert behind(found, both, pod("web")) == [("both", 80)]


@pytest.mark.parametrize(
    ("port", "number"),
    [({"targetPort": 8080}, 8080), ({"targetPort": None}, 80), ({"targetPort": 0}, 80), ({}, 80)],
)
def test_a_numeric_target_needs_no_declared_port(port: dict[str, Any], number: int) -> None:
    assert behind(service(ports=[{"port": 80, **port}]), pod("web")) == [("web", number)]


def test_a_name_is_resolved_on_each_pod() -> None:
    one = pod("one", ports=[{"name": "http", "containerPort": 8080}], labels={"app": "web"})
    two = pod("two", ports=[{"name": "http", "containerPort": 9090}], labels={"app": "web"})
    lacking = pod("three", ports=[{"name": "admin", "containerPort": 1}], labels={"app": "web"})
    found = service(ports=[{"port": 80, "targetPort": "http"}])
    assert behind(found, one, two, lacking) == [("one", 8080), ("two", 9090)]


def test_a_name_needs_the_services_protocol() -> None:
    ports = [{"name": "dns", "containerPort": 5353, "protocol": "UDP"}, {"name": "dns", "containerPort": 53}]
    udp = service(ports=[{"port": 53, "targetPort": "dns", "protocol": "UDP"}])
    assert behind(udp, pod("web", ports=ports)) == [("web", 5353)]
    sctp = service(ports=[{"port": 53, "targetPort": "dns", "protocol": "SCTP"}])
    assert behind(sctp, pod("web", ports=ports)) == []


def test_sidecars_have_ports_and_other_init_containers_have_none() -> None:
    named = {"name": "a", "ports": [{"name": "http", "containerPort": 8080}]}
    found = service(ports=[{"port": 80, "targetPort": "http"}])
    assert behind(found, pod("web", initContainers=[named])) == []
    sidecar = {**named, "restartPolicy": "Always"}
    assert behind(found, pod("web", initContainers=[sidecar])) == [("web", 8080)]


def test_each_port_is_a_target_of_its_own() -> None:
    found = service(ports=[{"name": "http", "port": 80, "targetPort": 8080}, {"name": "s", "port": 443}])
    index = Index([found, pod("web")], snapshot=True)
    told = [(t.path, t.name, t.port, t.protocol) for t in targets(index, found)]
    assert told == [(("spec", "ports", 0), "http", 80, "TCP"), (("spec", "ports", 1), "s", 443, "TCP")]


def test_headless_services_lead_to_their_pods_too() -> None:
    assert behind(service(clusterIP="None"), pod("web")) == [("web", 80)]


def test_an_external_name_leads_to_no_pod() -> None:
    assert behind(service(type="ExternalName", externalName="example.com"), pod("web")) == []


def test_finished_pods_get_nothing() -> None:
    done = pod("web")
    done.body["status"]["phase"] = "Succeeded"
    assert behind(service(), done) == []


HTTP: Any = [{"name": "", "port": 8080, "protocol": "TCP"}]
LISTED: Any = [{"addresses": ["10.0.0.7"]}]


@pytest.mark.parametrize(
    "endpoint",
    [
        {"addresses": ["10.0.0.7"]},
        {"addresses": ["10.9.9.9"], "targetRef": {"kind": "Pod", "name": "web", "namespace": "shop"}},
        {"addresses": [], "targetRef": {"kind": "Pod", "name": "web"}},
        {"addresses": ["FD00:0::7"]},
    ],
)
def test_slices_name_the_pods_of_a_service_without_a_selector(endpoint: Any) -> None:
    others = [pod("web", ip="10.0.0.7 fd00::7"), endpoint_slice([endpoint], HTTP)]
    assert behind(service(selector={}), *others) == [("web", 8080)]


def test_slices_of_both_families_are_one_target() -> None:
    both = [
        endpoint_slice([{"addresses": ["10.0.0.7"]}], HTTP, name="four"),
        endpoint_slice([{"addresses": ["fd00::7"]}], HTTP, name="six"),
    ]
    assert behind(service(selector={}), pod("web", ip="10.0.0.7 fd00::7"), *both) == [("web", 8080)]


def test_a_selector_is_the_truth_where_there_is_one() -> None:
    others = [pod("api", ip="10.0.0.8"), endpoint_slice([{"addresses": ["10.0.0.8"]}], HTTP)]
    assert behind(service(), pod("web", ip="10.0.0.7"), *others) == [("web", 80)]


def test_an_address_of_the_nodes_network_is_no_pods_own() -> None:
    shared = pod("agent", ip="192.0.2.1", hostNetwork=True)
    by_address = endpoint_slice([{"addresses": ["192.0.2.1"]}], HTTP)
    assert behind(service(selector={}), shared, by_address) == []
    reference = {"kind": "Pod", "name": "agent"}
    by_name = endpoint_slice([{"addresses": ["192.0.2.1"], "targetRef": reference}], HTTP)
    assert behind(service(selector={}), shared, by_name) == [("agent", 8080)]


def test_ports_of_slices_belong_to_the_services_port_of_that_name_and_protocol() -> None:
    ports = [{"name": "http", "port": 8080}, {"name": "dns", "port": 53, "protocol": "UDP"}]
    listed = endpoint_slice([{"addresses": ["10.0.0.7"]}], ports)
    found = service(selector={}, ports=[{"name": "http", "port": 80}, {"name": "dns", "port": 53}])
    assert behind(found, pod("web", ip="10.0.0.7"), listed) == [("web", 8080)]


def test_endpoints_speak_where_no_slice_does() -> None:
    subset = {"notReadyAddresses": [{"ip": "10.0.0.7"}], "ports": [{"port": 8080}]}
    legacy = resource("Endpoints", "v1", "web", "shop", subsets=[subset])
    at_hand = [service(selector={}), pod("web", ip="10.0.0.7"), legacy]
    assert behind(*at_hand) == [("web", 8080)]
    assert behind(*at_hand, endpoint_slice([{"addresses": ["10.0.0.7"]}], [{"port": 1}])) == [("web", 1)]


def test_without_selector_and_slices_nothing_is_behind() -> None:
    assert behind(service(selector={}), pod("web")) == []


@pytest.mark.parametrize(
    "ports",
    [
        *(
            "junk",
            [None],
            [7],
            {},
            [{}],
            [{"port": "80"}],
            [{"port": True}],
            [{"port": 0}],
            [{"port": 65536}],
        ),
        *([{"port": 80, "targetPort": t}] for t in (-1, 65536, True, "no-such", 1.5, [1], {"a": 1})),
        *([{"port": 80, "protocol": p}] for p in ("tcp", "ICMP")),
    ],
)
def test_what_the_api_server_refuses_leads_nowhere(ports: Any) -> None:
    assert behind(service(ports=ports), pod("web")) == []


@pytest.mark.parametrize(
    ("endpoints", "ports"),
    [
        ("junk", HTTP),
        ([None], HTTP),
        ([{"addresses": "10.0.0.7"}], HTTP),
        ([{"addresses": [7, None, {}, "not an address"]}], HTTP),
        ([{"targetRef": {"kind": "Node", "name": "web"}}], HTTP),
        *((LISTED, ports) for ports in (None, "junk", [None], [{"port": 70000}], [{"port": 0}])),
        *((LISTED, [{"port": number}]) for number in (None, "8080", True, -1)),
    ],
)
def test_odd_slices_lead_nowhere(endpoints: Any, ports: Any) -> None:
    listed = endpoint_slice(endpoints, ports)
    assert behind(service(selector={}), pod("web", ip="10.0.0.7"), listed) == []


@pytest.mark.parametrize(
    ("lists", "ready"),
    [
        ([], None),
        (
            [endpoint_slice([{"conditions": {"ready": True}}, {"conditions": {"ready": False}}], HTTP)],
            [True, False],
        ),
        (
            [endpoint_slice([{}, {"conditions": {"ready": None}}, {"conditions": 7}, 7], HTTP)],
            [True, True, True],
        ),
        ([endpoint_slice([{}], HTTP, name="one"), endpoint_slice(None, HTTP, name="two")], [True]),
        ([endpoint_slice([{}], HTTP, service="other"), endpoint_slice([{}], HTTP, namespace="other")], None),
        ([resource("Endpoints", "v1", "web", "shop", subsets=None)], []),
        (
            [
                resource(
                    "Endpoints",
                    "v1",
                    "web",
                    "shop",
                    subsets=[{"addresses": [{"ip": "10.0.0.7"}], "notReadyAddresses": [{"ip": "10.0.0.8"}]}],
                )
            ],
            [True, False],
        ),
    ],
)
def test_endpoints_count_as_ready_unless_they_say_otherwise(lists: Any, ready: Any) -> None:
    assert readiness(Index(lists, snapshot=True), service()) == ready
