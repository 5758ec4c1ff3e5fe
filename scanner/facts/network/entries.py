"""The ways into a cluster from outside, and the pods and ports that they lead to.

Whether network policies let such traffic through is asked elsewhere.
Sources: https://kubernetes.io/docs/concepts/services-networking/ingress/,
https://gateway-api.sigs.k8s.io/reference/spec/, https://docs.openshift.com (route.openshift.io/v1)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_network
from typing import Any

from scanner.collect.interface import Path, Resource
from scanner.facts.index import Index
from scanner.facts.network.addresses import Network
from scanner.facts.network.attachments import attached
from scanner.facts.network.pods import ContainerPort, Pod, parse_address, pods
from scanner.facts.network.ports import LAST_PORT, PROTOCOLS, PortRange
from scanner.facts.network.services import Target, targets
from scanner.facts.routes import GATEWAY, Backend, backends, is_granted
from scanner.facts.subject import once
from scanner.facts.workload import workloads
from scanner.fields import as_integer, field, mapping, text, texts, values
from scanner.fields import entries as entries_of

ROUTES = tuple(f"{kind}Route.{GATEWAY}" for kind in ("HTTP", "GRPC", "TLS", "TCP", "UDP"))
INGRESSES = ("Ingress.networking.k8s.io", "Ingress.extensions")
OPENSHIFT_ROUTE = "Route.route.openshift.io"
_INTERNAL = {
    "service.beta.kubernetes.io/aws-load-balancer-scheme": ("internal",),
    "service.beta.kubernetes.io/aws-load-balancer-internal": ("true", "0.0.0.0/0"),
    "service.beta.kubernetes.io/azure-load-balancer-internal": ("true",),
    "networking.gke.io/load-balancer-type": ("internal",),
    "cloud.google.com/load-balancer-type": ("internal",),
    "service.beta.kubernetes.io/openstack-internal-load-balancer": ("true",),
    "service.beta.kubernetes.io/oci-load-balancer-internal": ("true",),
    "service.kubernetes.io/ibm-load-balancer-cloud-provider-ip-type": ("private",),
    "service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type": ("intranet",),
    "alb.ingress.kubernetes.io/scheme": ("internal",),
}
"""Annotations by which clouds are asked for a load balancer that the internet cannot reach, in lower case."""

_SOURCE_RANGES = "service.beta.kubernetes.io/load-balancer-source-ranges"


class EntryKind(StrEnum):
    """What opens a way in."""

    INGRESS = "ingress"
    GATEWAY = "gateway"
    ROUTE = "route"
    LOAD_BALANCER = "load-balancer"
    NODE_PORT = "node-port"
    EXTERNAL_IP = "external-ip"
    HOST_PORT = "host-port"
    HOST_NETWORK = "host-network"


class Via(StrEnum):
    """Who connects to the pod in the end."""

    CONTROLLER = "controller"
    """A proxy in the cluster."""
    CLIENT = "client"
    """The client, under its own address."""
    NODE = "node"
    """The client, but the pod may see the address of a node."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """Where traffic arrives in the end."""

    pod: Pod
    protocol: str
    port: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One way in."""

    kind: EntryKind
    resource: Resource
    """The object that opens it."""
    path: Path
    """The field that opens it."""
    via: Via
    arrivals: tuple[Arrival, ...]
    ranges: tuple[Network, ...] = ()
    """The addresses of clients that are let in; any when empty."""
    internal: bool = False
    """A load balancer that is asked for as internal."""


@once
def entries(index: Index) -> tuple[Entry, ...]:
    """Every way in from outside that leads to a pod."""
    return tuple(entry for entry in _all(index) if entry.arrivals)


def arrival_ports(index: Index) -> set[PortRange]:
    """The ports at which traffic from outside arrives."""
    return {PortRange(a.protocol, a.port, a.port) for entry in entries(index) for a in entry.arrivals}


def _all(index: Index) -> Iterator[Entry]:
    for kind in INGRESSES:
        for ingress in index.by_kind.get(kind, ()):
            yield from _routed(index, ingress, EntryKind.INGRESS, _is_internal(ingress))
    for route in index.by_kind.get(OPENSHIFT_ROUTE, ()):
        yield from _routed(index, route, EntryKind.ROUTE)
    for kind in ROUTES:
        for route in index.by_kind.get(kind, ()):
            if attached(index, route):
                yield from _routed(index, route, EntryKind.GATEWAY)
    for service in index.by_kind.get("Service", ()):
        yield from _of_service(index, service)
    for pod in pods(index):
        yield from _of_pod(pod)


def _routed(index: Index, route: Resource, kind: EntryKind, internal: bool = False) -> Iterator[Entry]:
    for backend in backends(route):
        service = index.get("Service", backend.namespace, backend.service)
        if service is None or not is_granted(index, route, backend) or _has_no_weight(route, backend):
            continue
        found = [target for target in targets(index, service) if _serves(route, backend, target)]
        arrivals = tuple(_arrivals(found, _wanted(route)))
        yield Entry(kind, route, backend.path, Via.CONTROLLER, arrivals, internal=internal)


def _wanted(route: Resource) -> int | None:
    """The port of pods, by its number, that a Route of OpenShift asks for."""
    if route.group_kind != OPENSHIFT_ROUTE:
        return None
    return as_integer(field(route.body, "spec", "port", "targetPort"))


def _serves(route: Resource, backend: Backend, target: Target) -> bool:
    if route.group_kind == OPENSHIFT_ROUTE:
        name = field(route.body, "spec", "port", "targetPort")
        return not isinstance(name, str) or name == target.name
    if backend.port is None:
        return True
    return bool(backend.port) and backend.port in (target.port, target.name)


def _has_no_weight(route: Resource, backend: Backend) -> bool:
    """It is named, and gets none of the traffic."""
    return as_integer(field(route.body, *backend.path[:-1], "weight")) == 0


def _arrivals(found: Iterable[Target], wanted: int | None = None) -> Iterator[Arrival]:
    seen = set()
    for target in found:
        for pod, port in target.pods:
            key = (id(pod), target.protocol, port)
            if key not in seen and wanted in (None, port):
                seen.add(key)
                yield Arrival(pod, target.protocol, port)


def _of_service(index: Index, service: Resource) -> Iterator[Entry]:
    spec = mapping(service.body, "spec")
    kind = text(spec, "type")
    found = tuple(_arrivals(targets(index, service)))
    via = Via.CLIENT if text(spec, "externalTrafficPolicy") == "Local" else Via.NODE
    if kind == "LoadBalancer":
        ranges = tuple(_networks(_source_ranges(service)))
        internal = _is_internal(service)
        yield Entry(EntryKind.LOAD_BALANCER, service, ("spec", "type"), via, found, ranges, internal)
    if kind == "NodePort" or (
        kind == "LoadBalancer" and spec.get("allocateLoadBalancerNodePorts") is not False
    ):
        yield Entry(EntryKind.NODE_PORT, service, ("spec", "type"), via, found)
    if values(spec, "externalIPs"):
        yield Entry(EntryKind.EXTERNAL_IP, service, ("spec", "externalIPs"), via, found)


def _source_ranges(service: Resource) -> Iterable[Any]:
    """The field goes before the annotation that it replaced."""
    annotation = texts(service.body, "metadata", "annotations").get(_SOURCE_RANGES, "").strip()
    return values(service.body, "spec", "loadBalancerSourceRanges") or filter(None, annotation.split(","))


def _networks(written: Iterable[Any]) -> Iterator[Network]:
    for each in written:
        try:
            yield ip_network(str(each).strip(), strict=False)
        except ValueError:
            continue


def _is_internal(resource: Resource) -> bool:
    annotations = texts(resource.body, "metadata", "annotations")
    return any(annotations.get(name, "").lower() in asked for name, asked in _INTERNAL.items())


def _of_pod(pod: Pod) -> Iterator[Entry]:
    if pod.host_network:
        found = tuple(Arrival(pod, p.protocol, p.number) for p in pod.ports if _is_port(p.protocol, p.number))
        yield Entry(EntryKind.HOST_NETWORK, pod.resource, _host_network(pod), Via.CLIENT, found)
        return
    for workload in workloads(pod.resource):
        for container in workload.containers:
            if container.type not in ("container", "sidecar"):
                continue
            for at, port in entries_of(container.body, "ports"):
                number, host = as_integer(port.get("containerPort")), as_integer(port.get("hostPort"))
                protocol = text(port, "protocol") or "TCP"
                if not host or number is None or not _is_port(protocol, number) or _is_local(port):
                    continue
                # an object may carry templates of several pods
                if ContainerPort(text(port, "name"), protocol, number) in pod.ports:
                    path = workload.field_path((*container.path, "ports", at, "hostPort"))
                    arrival = Arrival(pod, protocol, number)
                    yield Entry(EntryKind.HOST_PORT, pod.resource, path, Via.CLIENT, (arrival,))


def _host_network(pod: Pod) -> Path:
    path: Path = ("spec", "hostNetwork")
    return next((workload.field_path(path) for workload in workloads(pod.resource)), path)


def _is_local(port: Any) -> bool:
    """Only its own node reaches the port."""
    address = parse_address(text(port, "hostIP"))
    return address is not None and address.is_loopback


def _is_port(protocol: str, number: int) -> bool:
    return protocol in PROTOCOLS and 1 <= number <= LAST_PORT
