"""Which pods, and which of their ports, a Service sends its traffic to.

What policies see is the pod's address and its target port: a Service's own are translated first.
Source: https://kubernetes.io/docs/concepts/services-networking/service/
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scanner.collect.interface import Path, Resource
from scanner.facts.index import Index, namespace_of
from scanner.facts.network.pods import Address, Pod, parse_address, pods
from scanner.facts.network.ports import LAST_PORT, PROTOCOLS
from scanner.facts.selection import Labelled
from scanner.facts.subject import once
from scanner.fields import as_integer, entries, field, mapping, text, texts, values

_SLICE = "EndpointSlice.discovery.k8s.io"
_SERVICE_OF = "kubernetes.io/service-name"


@dataclass(frozen=True, slots=True)
class Target:
    """Where the traffic to one port of a Service arrives."""

    path: Path
    """Of the port in the Service."""
    name: str
    """Of the Service's port; empty when it has none."""
    port: int
    """Of the Service; 0 where it is not a number."""
    protocol: str
    pods: tuple[tuple[Pod, int], ...]
    """Pods with the port on each; not those that lack the name that is asked for."""


def targets(index: Index, service: Resource) -> tuple[Target, ...]:
    """Every port of a Service, with the pods behind it: those that its selector chooses or, where it has
    none, those whose addresses its endpoints list.
    """
    if text(service.body, "spec", "type") == "ExternalName":
        return ()
    selector = texts(service.body, "spec", "selector")
    found = []
    for at, port in entries(service.body, "spec", "ports"):
        protocol = text(port, "protocol") or "TCP"
        number = as_integer(port.get("port")) or 0
        if protocol not in PROTOCOLS:
            continue
        wanted = port.get("targetPort") or number
        name = text(port, "name")
        if selector:
            chosen = _in_namespace(index, namespace_of(service)).matching({"matchLabels": selector})
            behind = tuple(_ports(chosen, wanted, protocol))
        else:
            behind = tuple(dict.fromkeys(_listed(index, service, name, protocol)))
        found.append(Target(("spec", "ports", at), name, number, protocol, behind))
    return tuple(found)


def behind(index: Index, service: Resource) -> list[Pod]:
    """All pods of a Service, whether or not they have the ports that it asks for."""
    selector = texts(service.body, "spec", "selector")
    if selector and text(service.body, "spec", "type") != "ExternalName":
        return list(_in_namespace(index, namespace_of(service)).matching({"matchLabels": selector}))
    return list(dict.fromkeys(pod for target in targets(index, service) for pod, _ in target.pods))


def _ports(chosen: Iterator[Pod], wanted: Any, protocol: str) -> Iterator[tuple[Pod, int]]:
    for pod in chosen:
        if isinstance(wanted, str):
            numbers = [p.number for p in pod.ports if p.name == wanted and p.protocol == protocol]
        else:
            number = as_integer(wanted)
            numbers = [] if number is None else [number]
        for number in numbers[:1]:
            if 1 <= number <= LAST_PORT:
                yield pod, number


@once
def _labelled(index: Index) -> Mapping[str, Labelled[Pod]]:
    by_namespace: dict[str, list[Pod]] = {}
    for pod in pods(index):
        by_namespace.setdefault(pod.namespace, []).append(pod)
    return {
        namespace: Labelled((pod.labels, pod) for pod in found) for namespace, found in by_namespace.items()
    }


def _in_namespace(index: Index, namespace: str) -> Labelled[Pod]:
    return _labelled(index).get(namespace, _NOBODY)


_NOBODY: Labelled[Pod] = Labelled(())


def _listed(index: Index, service: Resource, name: str, protocol: str) -> Iterator[tuple[Pod, int]]:
    """The pods that EndpointSlices or Endpoints name, by reference or by their addresses."""
    for namespace, found, ports in _endpoints(index, service):
        numbers = [
            number
            for _, port in ports
            if text(port, "name") == name
            and (text(port, "protocol") or "TCP") == protocol
            and (number := as_integer(port.get("port"))) is not None
            and 1 <= number <= LAST_PORT
        ]
        for number in numbers:
            for endpoint in found:
                pod = _of_endpoint(index, namespace, endpoint)
                if pod is not None:
                    yield pod, number


_Entries = Sequence[tuple[int, Mapping[str, Any]]]


def _endpoints(
    index: Index, service: Resource
) -> Iterator[tuple[str, Sequence[Mapping[str, Any]], _Entries]]:
    """The namespace, the endpoints and the ports of each list; Endpoints only where there are no slices."""
    namespace = namespace_of(service)
    slices = slices_of(index, service)
    for found in slices:
        yield namespace, [e for _, e in entries(found.body, "endpoints")], entries(found.body, "ports")
    legacy = None if slices else index.get("Endpoints", namespace, service.name)
    for _, subset in entries(legacy.body, "subsets") if legacy else ():
        listed = [a for key in ("addresses", "notReadyAddresses") for _, a in entries(subset, key)]
        yield namespace, listed, entries(subset, "ports")


def _of_endpoint(index: Index, namespace: str, endpoint: Mapping[str, Any]) -> Pod | None:
    by_name, by_address = _live(index)
    reference = mapping(endpoint, "targetRef")
    if text(reference, "kind") == "Pod":
        home = text(reference, "namespace") or namespace
        if (pod := by_name.get((home, text(reference, "name")))) is not None:
            return pod
    for written in (*values(endpoint, "addresses"), endpoint.get("ip")):
        address = parse_address(written) if isinstance(written, str) else None
        if address is not None and (pod := by_address.get(address)) is not None:
            return pod
    return None


def slices_of(index: Index, service: Resource) -> Sequence[Resource]:
    """The EndpointSlices of a Service that are at hand."""
    return _slices(index).get((namespace_of(service), service.name), ())


def readiness(index: Index, service: Resource) -> list[bool] | None:
    """Whether each endpoint of a Service is ready, as far as it is known; None where no list is at hand.

    What is not said counts as ready, as the API has it.
    """
    slices = slices_of(index, service)
    if slices:
        listed = [e for found in slices for _, e in entries(found.body, "endpoints")]
        return [field(endpoint, "conditions", "ready") is not False for endpoint in listed]
    legacy = index.get("Endpoints", namespace_of(service), service.name)
    if legacy is None:
        return None
    subsets = [subset for _, subset in entries(legacy.body, "subsets")]
    keys = ("addresses", "notReadyAddresses")
    return [key == "addresses" for subset in subsets for key in keys for _ in entries(subset, key)]


@once
def _slices(index: Index) -> Mapping[tuple[str, str], list[Resource]]:
    found: dict[tuple[str, str], list[Resource]] = {}
    for resource in index.by_kind.get(_SLICE, ()):
        owner = text(mapping(resource.body, "metadata", "labels"), _SERVICE_OF)
        found.setdefault((namespace_of(resource), owner), []).append(resource)
    return found


@once
def _live(index: Index) -> tuple[Mapping[tuple[str, str], Pod], Mapping[Address, Pod]]:
    """Pods of a cluster by name, and by the addresses that are theirs alone."""
    by_name, by_address = {}, {}
    for pod in pods(index):
        if pod.live:
            by_name[pod.namespace, pod.resource.name] = pod
            if not pod.host_network:
                by_address.update(dict.fromkeys(pod.addresses, pod))
    return by_name, by_address
