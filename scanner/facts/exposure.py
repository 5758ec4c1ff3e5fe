"""What the internet can reach of a workload: by ways in from outside that lead to its pods, as far as network
policies let through what comes by them. Firewalls before the cluster are not seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from scanner.facts.index import Index, namespace_of
from scanner.facts.network.addresses import AddressSpace
from scanner.facts.network.cells import peers_on
from scanner.facts.network.controllers import answering, controllers
from scanner.facts.network.entries import Arrival, Entry, EntryKind, Via, entries
from scanner.facts.network.groups import Group
from scanner.facts.network.openings import openings
from scanner.facts.network.pods import Address, Pod, node_addresses, parse_address
from scanner.facts.network.reach import Reach, reach
from scanner.facts.network.words import ports_text, ranges_of, rules_opening, some_names
from scanner.facts.network.workloads import pods_of
from scanner.facts.subject import Subject, once, workload_of
from scanner.fields import entries as entries_of
from scanner.fields import text, texts, values

_ON_NODES = (EntryKind.NODE_PORT, EntryKind.HOST_PORT)
_MANY = {4: 2**24, 6: 2**104}
"""So many addresses are the internet's; fewer are somebody's."""
_WORDS = {
    EntryKind.LOAD_BALANCER: " (load balancer)",
    EntryKind.NODE_PORT: " (a port of every node)",
    EntryKind.EXTERNAL_IP: " (external IP)",
    EntryKind.HOST_PORT: " (a port of its node)",
}


@dataclass(slots=True)
class _Found:
    """What comes in, certainly or perhaps."""

    ports: int = 0
    peers: int = 0
    groups: dict[int, Group] = field(default_factory=dict)
    ways: set[str] = field(default_factory=set)
    why: set[str] = field(default_factory=set)


def from_internet(index: Index, unit: Subject) -> dict[str, Any] | None:
    """Over workloads: `open`, the ports that the internet reaches, the ways in and the rules that let it
    through (one without a name for what no policy limits), and `perhaps`, the same where it cannot be told,
    and why. Both may be absent: policies keep all out. `is_proxy` marks an ingress or gateway controller.

    None without a way in that leads to the pods.
    """
    if not any(id(pod) in _ways(index) for pod in pods_of(index, unit)):
        return None
    sure, perhaps = _found(index, unit)
    found = (("open", sure), ("perhaps", perhaps))
    return {name: _told(index, unit, each) for name, each in found if each.ports}


def internet_ports(index: Index, unit: Subject) -> int:
    """The ports of a workload's pods that the internet reaches for certain, as a set."""
    return _found(index, unit)[0].ports


@dataclass(frozen=True, slots=True)
class WayIn:
    """The internet reaches a pod on a port."""

    name: str
    """What opens it, as `Service shop/web (load balancer)`."""
    arrival: Arrival
    why: str
    """Why it cannot be told for certain; empty where it can."""


def ways_in(index: Index) -> Iterator[WayIn]:
    """Every way in that the internet has and that policies let through, certainly or perhaps."""
    known = reach(index)
    for found in _ways(index).values():
        for entry, arrival in found:
            bit = known.ports.bit(arrival.protocol, arrival.port)
            for group in known.groups.of_pod[id(arrival.pod)]:
                peers, why = _let_through(index, entry, group, bit)
                if peers:
                    yield WayIn(_named(entry), arrival, why)


def _found(index: Index, unit: Subject) -> tuple[_Found, _Found]:
    """What comes in for certain, and what perhaps."""
    known, sure, perhaps = reach(index), _Found(), _Found()
    ways = {
        (id(entry), group.number, arrival.protocol, arrival.port): (entry, group, arrival)
        for pod in pods_of(index, unit)
        for entry, arrival in _ways(index).get(id(pod), ())
        for group in known.groups.of_pod[id(pod)]
    }
    for entry, group, arrival in ways.values():
        bit = known.ports.bit(arrival.protocol, arrival.port)
        peers, why = _let_through(index, entry, group, bit)
        if peers:
            kept = perhaps if why else sure
            kept.groups[group.number] = group
            kept.ports |= bit
            kept.peers |= peers
            kept.ways.add(_named(entry))
            kept.why.update([why] if why else [])
    perhaps.ports &= ~sure.ports
    return sure, perhaps


def _told(index: Index, unit: Subject, found: _Found) -> dict[str, Any]:
    known, name = openings(index), f"{namespace_of(unit.resource)}/{unit.resource.name}"
    because = known.because(found.groups.values(), "ingress", found.peers, found.ports)
    return {
        "ports": ports_text(known.reach.ports, found.ports),
        "ranges": ranges_of(known.reach.ports, found.ports),
        "ways": some_names(found.ways),
        "rules": rules_opening(known.reach.ports, because, "ingress", name),
        "why": sorted(found.why),
        "is_proxy": any(pod in controllers(index) for pod in pods_of(index, unit)),
        "workload": name,
        "labels": texts(workload_of(unit).metadata, "labels"),
    }


@once
def _ways(index: Index) -> Mapping[int, Sequence[tuple[Entry, Arrival]]]:
    """`id` of a pod → the ways in that lead to it and that the internet has, as far as objects tell."""
    found: dict[int, list[tuple[Entry, Arrival]]] = {}
    for entry in entries(index):
        if _is_of_internet(index, entry):
            for arrival in entry.arrivals:
                found.setdefault(id(arrival.pod), []).append((entry, arrival))
    return found


def _is_of_internet(index: Index, entry: Entry) -> bool:
    if entry.internal or entry.kind is EntryKind.HOST_NETWORK:
        return False  # sharing a node's network is a fault of its own, which no policy changes
    if entry.ranges and all(r.is_private or r.num_addresses < _MANY[r.version] for r in entry.ranges):
        return False
    if entry.kind is EntryKind.NODE_PORT and text(entry.resource.body, "spec", "type") == "LoadBalancer":
        return False  # the load balancer itself is told of
    if entry.kind in _ON_NODES:
        nodes = index.by_kind.get("Node", ())
        return any(address.is_global for node in nodes for address in node_addresses(node))
    given = _given_addresses(entry)
    return not given or any(address.is_global for address in given)


def _given_addresses(entry: Entry) -> list[Address]:
    """The addresses of a way in, where they are known."""
    body = entry.resource.body
    if entry.kind is EntryKind.EXTERNAL_IP:
        written = [str(each) for each in values(body, "spec", "externalIPs")]
    else:
        points = entries_of(body, "status", "loadBalancer", "ingress")
        if any(text(point, "hostname") for _, point in points):
            return []
        written = [text(point, "ip") for _, point in points]
    return [address for each in written if (address := parse_address(each)) is not None]


def _ranges(index: Index, entry: Entry) -> int:
    space = reach(index).space
    found = 0
    for network in entry.ranges:
        found |= space.mask(network)
    return found & space.internet


def _let_through(index: Index, entry: Entry, group: Group, port: int) -> tuple[int, str]:
    """The peers that come in by a way on a port, and why it cannot be told whether they do.

    There are none where policies keep all out.
    """
    known = reach(index)
    peers = peers_on(known.sources(group), port)
    outside = peers >> known.first_block
    internet = outside & known.space.internet & (_ranges(index, entry) if entry.ranges else -1)
    if entry.kind in _ON_NODES:
        why = "nodes have public addresses, and nothing shows whether a firewall keeps the internet from them"
        return (peers if outside else 0), why
    if entry.via is Via.CONTROLLER:
        return _from_controllers(index, entry, peers, group)
    if _is_much(known.space, internet):
        return internet << known.first_block, ""
    if entry.via is Via.NODE and _nodes(index, known) & outside:
        why = "the pods may see the address of a node in place of the client's, and the rules let nodes in"
        return outside << known.first_block, why
    return 0, ""


def _from_controllers(index: Index, entry: Entry, peers: int, group: Group) -> tuple[int, str]:
    answered = answering(index, entry.resource)
    if answered is not None:
        return peers & _groups(index, answered), ""
    if peers & 1:
        return 1, ""
    itself = 1 << group.number if len({pod.workload for pod in group.pods}) == 1 else 0
    name = f"{entry.resource.kind} {namespace_of(entry.resource)}/{entry.resource.name}"
    return peers & ~itself, f"which pods or addresses bring the traffic of {name} is not known"


def _groups(index: Index, proxies: Sequence[Pod]) -> int:
    """The groups of those proxies that are not behind an internal load balancer alone."""
    inside, outside = _behind(index)
    bits = 0
    for pod in proxies:
        if id(pod) not in inside or id(pod) in outside:
            for group in reach(index).groups.of_pod[id(pod)]:
                bits |= 1 << group.number
    return bits


@once
def _behind(index: Index) -> tuple[frozenset[int], frozenset[int]]:
    """The `id` of pods that are behind internal load balancers, and of those behind others."""
    inside = {id(a.pod) for entry in entries(index) if entry.internal for a in entry.arrivals}
    outside = {
        id(a.pod)
        for entry in entries(index)
        if not entry.internal and entry.kind in (EntryKind.LOAD_BALANCER, EntryKind.EXTERNAL_IP)
        for a in entry.arrivals
    }
    return frozenset(inside), frozenset(outside)


@once
def _node_blocks(index: Index) -> int:
    known, found = reach(index), 0
    for node in index.by_kind.get("Node", ()):
        for address in node_addresses(node):
            found |= 1 << known.space.position(address)
    return found


def _nodes(index: Index, known: Reach) -> int:
    """The blocks that nodes are in; without nodes at hand they may be in any."""
    return _node_blocks(index) or known.space.all


def _is_much(space: AddressSpace, blocks: int) -> bool:
    counts = {4: 0, 6: 0}
    for block in space.joined(blocks):
        counts[block.version] += block.high - block.low + 1
    return any(counts[version] >= many for version, many in _MANY.items())


def _named(entry: Entry) -> str:
    resource = entry.resource
    return f"{resource.kind} {namespace_of(resource)}/{resource.name}{_WORDS.get(entry.kind, '')}"
