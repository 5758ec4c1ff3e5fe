"""The ways into a cluster from outside, and where they lead."""

from __future__ import annotations

from typing import Any

import pytest

from scanner.collect.interface import Resource
from scanner.facts.index import Index
from scanner.facts.network.entries import Entry, EntryKind, Via, arrival_ports, entries
from scanner.facts.network.ports import PortRange
from tests.facts.network.cluster import backend, deployment, gateway, ingress, listener, pod, route, service
from tests.facts.objects import resource

KINDS = ("HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute")
TWO_PORTS = [
    {"name": "http", "port": 80, "targetPort": 8080},
    {"name": "admin", "port": 81, "targetPort": 9090},
]


def ways(*objects: Resource) -> tuple[Entry, ...]:
    return entries(Index(list(objects), snapshot=True))


def led(*objects: Resource) -> list[tuple[str, str, int]]:
    """Each way with the pods and ports that it leads to."""
    found = ways(*objects)
    return [(str(entry.kind), a.pod.resource.name, a.port) for entry in found for a in entry.arrivals]


def told(entry: Entry) -> tuple[EntryKind, str, Via, bool]:
    return entry.kind, ".".join(map(str, entry.path)), entry.via, entry.internal


def openshift(spec: Any) -> Resource:
    return resource("Route", "route.openshift.io/v1", "front", "shop", spec=spec)


@pytest.mark.parametrize(
    ("port", "number"),
    [({"number": 80}, 8080), ({"name": "http"}, 8080), ({"number": 81}, 9090), ({"name": "admin"}, 9090)],
)
def test_an_ingress_leads_to_the_target_port_of_its_backend(port: Any, number: int) -> None:
    found = ways(ingress(backend(**port)), service(ports=TWO_PORTS), pod("web"))
    assert [(a.pod.resource.name, a.protocol, a.port) for a in found[0].arrivals] == [("web", "TCP", number)]
    path = "spec.rules.0.http.paths.0.backend.service.name"
    assert told(found[0]) == (EntryKind.INGRESS, path, Via.CONTROLLER, False)


def test_the_default_backend_is_a_way_in() -> None:
    assert led(ingress(defaultBackend=backend()), service(), pod("web")) == [("ingress", "web", 80)]


def test_ingresses_of_the_old_group_are_read_in_their_shape() -> None:
    spec = {"backend": {"serviceName": "web", "servicePort": 80}}
    old = resource("Ingress", "extensions/v1beta1", "front", "shop", spec=spec)
    assert led(old, service(), pod("web")) == [("ingress", "web", 80)]


@pytest.mark.parametrize(
    "named",
    [
        *(
            backend("nothing"),
            backend(number=82),
            backend(name="tls"),
            backend(number="80"),
            backend(number=True),
        ),
        *(
            {},
            None,
            "web",
            {"service": "web"},
            {"service": {"name": ["web"]}},
            {"resource": {"kind": "Bucket"}},
        ),
    ],
)
def test_backends_that_are_not_there_lead_nowhere(named: Any) -> None:
    assert led(ingress(named), service(), pod("web")) == []


def test_an_ingress_has_no_way_into_another_namespace() -> None:
    assert led(ingress(backend()), service(namespace="other"), pod("web", "other")) == []


def test_an_ingress_that_is_asked_for_as_internal_says_so() -> None:
    inner = ingress(backend())
    inner.body["metadata"]["annotations"] = {"alb.ingress.kubernetes.io/scheme": "internal"}
    assert ways(inner, service(), pod("web"))[0].internal


@pytest.mark.parametrize("kind", KINDS)
def test_routes_of_every_kind_lead_to_their_backends(kind: str) -> None:
    protocol = "UDP" if kind == "UDPRoute" else "TCP"
    behind = service(ports=[{"port": 80, "targetPort": 8080, "protocol": protocol}])
    (found,) = ways(route({"name": "web", "port": 80}, kind=kind), behind, pod("web"))
    assert told(found) == (EntryKind.GATEWAY, "spec.rules.0.backendRefs.0.name", Via.CONTROLLER, False)
    assert [(a.protocol, a.port) for a in found.arrivals] == [(protocol, 8080)]


def test_a_backend_without_weight_gets_nothing() -> None:
    backends = {"name": "web", "port": 80, "weight": 0}, {"name": "api", "port": 80, "weight": 1}
    objects = [service("web"), service("api"), pod("web"), pod("api")]
    assert led(route(*backends), *objects) == [("gateway", "api", 80)]


def test_a_route_that_no_listener_takes_is_no_way_in() -> None:
    objects = [route({"name": "web", "port": 80}), service(), pod("web")]
    assert led(*objects, gateway(listener())) == [("gateway", "web", 80)]
    assert led(*objects, gateway(listener("TCP"))) == []


def test_another_namespace_must_grant_its_services() -> None:
    objects = [
        route({"name": "web", "namespace": "data", "port": 80}),
        service(namespace="data"),
        pod("web", "data"),
    ]
    assert led(*objects) == []
    source = {"group": "gateway.networking.k8s.io", "kind": "HTTPRoute", "namespace": "shop"}
    spec = {"from": [source], "to": [{"group": "", "kind": "Service"}]}
    grant = resource("ReferenceGrant", "gateway.networking.k8s.io/v1beta1", "a", "data", spec=spec)
    assert led(*objects, grant) == [("gateway", "web", 80)]


@pytest.mark.parametrize(
    ("port", "numbers"),
    [
        (None, [8080, 9090]),
        ({"targetPort": "http"}, [8080]),
        ({"targetPort": 9090}, [9090]),
        ({"targetPort": 80}, []),
        ({"targetPort": "tls"}, []),
    ],
)
def test_a_route_of_openshift_names_a_port_of_the_pods_or_takes_all(port: Any, numbers: list[int]) -> None:
    spec = {"to": {"kind": "Service", "name": "web"}, **({"port": port} if port else {})}
    found = led(openshift(spec), service(ports=TWO_PORTS), pod("web"))
    assert found == [("route", "web", number) for number in numbers]


def test_alternate_backends_get_traffic_by_their_weight() -> None:
    others = [
        {"kind": "Service", "name": "api", "weight": 1},
        {"kind": "Service", "name": "old", "weight": 0},
    ]
    spec = {"to": {"kind": "Service", "name": "web"}, "alternateBackends": others}
    objects = [service(name) for name in ("web", "api", "old")] + [
        pod(name) for name in ("web", "api", "old")
    ]
    assert led(openshift(spec), *objects) == [("route", "web", 80), ("route", "api", 80)]


def test_a_load_balancer_opens_ports_of_nodes_too() -> None:
    found = ways(service(type="LoadBalancer"), pod("web"))
    assert [told(each) for each in found] == [
        (EntryKind.LOAD_BALANCER, "spec.type", Via.NODE, False),
        (EntryKind.NODE_PORT, "spec.type", Via.NODE, False),
    ]


def test_a_load_balancer_may_do_without_ports_of_nodes() -> None:
    found = service(type="LoadBalancer", allocateLoadBalancerNodePorts=False)
    assert led(found, pod("web")) == [("load-balancer", "web", 80)]


@pytest.mark.parametrize("kind", ["LoadBalancer", "NodePort"])
def test_a_local_traffic_policy_keeps_the_clients_address(kind: str) -> None:
    found = ways(service(type=kind, externalTrafficPolicy="Local"), pod("web"))
    assert {each.via for each in found} == {Via.CLIENT}


def test_source_ranges_are_those_of_the_load_balancer_alone() -> None:
    ranges = ["192.0.2.0/24", " 2001:db8::/32 ", "198.51.100.7/24", "junk", None]
    balancer, node = ways(service(type="LoadBalancer", loadBalancerSourceRanges=ranges), pod("web"))
    assert [str(each) for each in balancer.ranges] == ["192.0.2.0/24", "2001:db8::/32", "198.51.100.0/24"]
    assert node.ranges == ()


def test_source_ranges_may_stand_in_an_annotation() -> None:
    found = service(type="LoadBalancer")
    name = "service.beta.kubernetes.io/load-balancer-source-ranges"
    found.body["metadata"]["annotations"] = {name: "192.0.2.0/24, 198.51.100.0/24"}
    assert [str(r) for r in ways(found, pod("web"))[0].ranges] == ["192.0.2.0/24", "198.51.100.0/24"]
    found.body["spec"]["loadBalancerSourceRanges"] = ["203.0.113.0/24"]
    assert [str(r) for r in ways(found, pod("web"))[0].ranges] == ["203.0.113.0/24"]


@pytest.mark.parametrize(
    ("name", "value", "internal"),
    [
        ("service.beta.kubernetes.io/aws-load-balancer-scheme", "internal", True),
        ("service.beta.kubernetes.io/aws-load-balancer-scheme", "internet-facing", False),
        ("service.beta.kubernetes.io/aws-load-balancer-internal", True, True),
        ("service.beta.kubernetes.io/azure-load-balancer-internal", "true", True),
        ("service.beta.kubernetes.io/azure-load-balancer-internal", "false", False),
        ("networking.gke.io/load-balancer-type", "Internal", True),
        ("service.beta.kubernetes.io/oci-load-balancer-internal", "true", True),
        ("service.kubernetes.io/ibm-load-balancer-cloud-provider-ip-type", "private", True),
        ("example.com/internal", "true", False),
    ],
)
def test_annotations_of_clouds_ask_for_internal_load_balancers(name: str, value: Any, internal: bool) -> None:
    found = service(type="LoadBalancer")
    found.body["metadata"]["annotations"] = {name: value}
    balancer, node = ways(found, pod("web"))
    assert (balancer.internal, node.internal) == (internal, False)


def test_external_addresses_are_a_way_in_to_a_service_of_any_type() -> None:
    (found,) = ways(service(externalIPs=["192.0.2.1"]), pod("web"))
    assert told(found) == (EntryKind.EXTERNAL_IP, "spec.externalIPs", Via.NODE, False)


def test_a_service_inside_the_cluster_is_no_way_in() -> None:
    assert led(service(), service("head", clusterIP="None"), pod("web")) == []


def test_a_service_with_no_pods_is_no_way_in() -> None:
    assert led(service(type="LoadBalancer"), service("api", type="NodePort"), pod("other")) == []


def test_a_port_of_the_host_leads_to_the_containers_port() -> None:
    ports = [{"containerPort": 8080, "hostPort": 80}, {"containerPort": 9090}]
    (found,) = ways(pod("web", ports=ports))
    assert told(found) == (EntryKind.HOST_PORT, "spec.containers.0.ports.0.hostPort", Via.CLIENT, False)
    assert [a.port for a in found.arrivals] == [8080]


def test_a_port_of_the_host_may_be_for_the_node_alone() -> None:
    port = {"containerPort": 8080, "hostPort": 80}
    for address, count in (("127.0.0.1", 0), ("::1", 0), ("0.0.0.0", 1), ("192.0.2.1", 1), (7, 1)):
        assert len(ways(pod("web", ports=[{**port, "hostIP": address}]))) == count, address


def test_ports_of_the_host_in_templates_are_pointed_at_there() -> None:
    containers = [{"name": "a", "ports": [{"containerPort": 53, "hostPort": 53, "protocol": "UDP"}]}]
    (found,) = ways(deployment(containers=containers))
    assert told(found)[1] == "spec.template.spec.containers.0.ports.0.hostPort"
    assert found.arrivals[0].protocol == "UDP"


def test_a_port_of_the_host_is_that_of_its_own_template() -> None:
    def group(name: str, *ports: Any) -> dict[str, Any]:
        return {"template": {"spec": {"containers": [{"name": name, "ports": list(ports)}]}}}

    spec = {
        "headGroupSpec": group("head", {"containerPort": 6379, "hostPort": 6379}),
        "workerGroupSpecs": [group("worker", {"containerPort": 8080})],
    }
    found = ways(resource("RayCluster", "ray.io/v1", "a", "shop", spec=spec))
    assert [[p.number for a in each.arrivals for p in a.pod.ports] for each in found] == [[6379]]


def test_pods_of_the_hosts_network_listen_there() -> None:
    containers = [{"name": "a", "ports": [{"containerPort": 9100, "hostPort": 9100}]}]
    (found,) = ways(deployment(containers=containers, hostNetwork=True))
    assert told(found) == (EntryKind.HOST_NETWORK, "spec.template.spec.hostNetwork", Via.CLIENT, False)
    assert [a.port for a in found.arrivals] == [9100]


@pytest.mark.parametrize(
    "port",
    [
        *(None, "junk", {"containerPort": 0, "hostPort": 80}, {"containerPort": 70000, "hostPort": 80}),
        *({"containerPort": "80", "hostPort": 80}, {"containerPort": 80, "hostPort": "80"}, {"hostPort": 80}),
        *({"containerPort": 80, "hostPort": True}, {"containerPort": 80, "hostPort": 80, "protocol": "tcp"}),
    ],
)
def test_ports_that_the_api_server_refuses_are_no_way_in(port: Any) -> None:
    assert led(pod("web", ports=[port])) == []


@pytest.mark.parametrize("junk", [None, "x", 7, [], [None], {"spec": []}])
def test_odd_specs_do_not_crash(junk: Any) -> None:
    objects = [
        resource("Ingress", "networking.k8s.io/v1", "a", "shop", spec=junk),
        resource("Service", "v1", "a", "shop", spec=junk),
        resource("Gateway", "gateway.networking.k8s.io/v1", "a", "shop", spec=junk),
        openshift(junk),
        *(resource(kind, "gateway.networking.k8s.io/v1", "a", "shop", spec=junk) for kind in KINDS),
        *(service(type=junk, loadBalancerSourceRanges=junk, externalIPs=junk), pod("web")),
    ]
    assert {way for way, _, _ in led(*objects)} <= {"external-ip"}


def test_all_ports_of_arrivals_are_told() -> None:
    objects = [service(type="NodePort", ports=[{"port": 53, "protocol": "UDP"}, {"port": 80}]), pod("web")]
    found = arrival_ports(Index(objects, snapshot=True))
    assert found == {PortRange("UDP", 53, 53), PortRange("TCP", 80, 80)}
