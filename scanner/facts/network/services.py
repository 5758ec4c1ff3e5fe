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
from scanner.facts.network.pods import Pod, pods
from scanner.facts.network.ports import LAST_PORT, PROTOCOLS
from scanner.facts.selection import Labelled
from scanner.facts.subject import once
from scanner.fields import as_integer, entries, mapping, text, texts, values

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
            behind = tuple(_listed(index, service, name, protocol))
        found.append(Target(("spec", "ports", at), name, number, protocol, behind))
    return tuple(found)


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
    """The pods that EndpointSlices or Endpoints name, by their addresses."""
    by_address = _by_address(index)
    for addresses, ports in _endpoints(index, service):
        for port in ports:
            number = as_integer(port.get("port"))
            if number is None or text(port, "name") != name or (text(port, "protocol") or "TCP") != protocol:
                continue
            for address in addresses:
                pod = by_address.get(address)
                if pod is not None:
                    yield pod, number


def _endpoints(index: Index, service: Resource) -> Iterator[tuple[list[str], Sequence[Mapping[str, Any]]]]:
    namespace = namespace_of(service)
    slices = _slices(index).get((namespace, service.name), ())
    for found in slices:
        addresses = [str(a) for _, e in entries(found.body, "endpoints") for a in values(e, "addresses")]
        yield addresses, [port for _, port in entries(found.body, "ports")]
    if slices:
        return
    legacy = index.get("Endpoints", namespace, service.name)
    for _, subset in entries(legacy.body, "subsets") if legacy else ():
        ready = [text(a, "ip") for key in ("addresses", "notReadyAddresses") for _, a in entries(subset, key)]
        yield ready, [port for _, port in entries(subset, "ports")]


@once
def _slices(index: Index) -> Mapping[tuple[str, str], list[Resource]]:
    found: dict[tuple[str, str], list[Resource]] = {}
    for resource in index.by_kind.get(_SLICE, ()):
        owner = text(mapping(resource.body, "metadata", "labels"), _SERVICE_OF)
        found.setdefault((namespace_of(resource), owner), []).append(resource)
    return found


@once
def _by_address(index: Index) -> Mapping[str, Pod]:
    found = {}
    for pod in pods(index):
        if not pod.host_network:
            for address in pod.addresses:
                found[str(address)] = pod
    return found
