"""Every connection that policies leave open, between workloads or pods and with addresses outside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from scanner.errors import UsageError, nearest
from scanner.facts.network.addresses import Block
from scanner.facts.network.cells import Cells, ports_for
from scanner.facts.network.entries import EntryKind, entries
from scanner.facts.network.groups import Group
from scanner.facts.network.pods import Pod
from scanner.facts.network.ports import PortRange
from scanner.facts.network.reach import Reach
from scanner.facts.network.selectors import positions

Peers = Literal["workload", "pod"]
EXTERNAL = "External"
_CONTROLLERS = {
    EntryKind.INGRESS: "{ingress-controller}",
    EntryKind.ROUTE: "{ingress-controller}",
    EntryKind.GATEWAY: "{gateway-controller}",
}


@dataclass(frozen=True, slots=True)
class Member:
    """One end of connections, as it is shown."""

    namespace: str
    """Empty for addresses outside."""
    name: str
    kind: str
    """`External` for addresses outside, empty for a controller whose pods are not known."""

    def __str__(self) -> str:
        kind = f"[{self.kind}]" if self.kind else ""
        return f"{self.namespace}/{self.name}{kind}" if self.namespace else f"{self.name}{kind}"


@dataclass(frozen=True, slots=True)
class Connection:
    """Ports of one end that are open to another."""

    source: Member
    destination: Member
    ports: int
    """A set of the reach's ports."""
    block: Block | None = None
    """The addresses, where one end is outside."""


@dataclass(slots=True)
class Connections:
    """All open connections, sorted by their ends."""

    reach: Reach
    members: Sequence[Member]
    """Workloads or pods; with nothing open they have no connection."""
    found: list[Connection] = field(default_factory=list)
    notes: Sequence[str] = ()
    """What to know of them: where they are uncertain."""


def connections(reach: Reach, peers: Peers = "workload", with_self: bool = True) -> Connections:
    """What is open between all workloads (or pods), and between them and addresses outside.

    The ports are those of the destination, as policies at both ends let them through. Services, and whether
    anything listens, do not matter. With a workload, the union over its pods is meant.
    """
    return Lister(reach, peers, with_self).all()


class Lister:
    """Finds what is open for each workload or pod; what many have alike is worked out once."""

    def __init__(self, reach: Reach, peers: Peers, with_self: bool) -> None:
        self._reach = reach
        self._with_self = with_self
        self._peers = peers
        self._pods: dict[Member, list[Pod]] = {}
        for pod in reach.pods:
            self._pods.setdefault(member_of(pod, peers), []).append(pod)
        self.members = list(self._pods)
        numbers = {member: number for number, member in enumerate(self.members)}
        self._in_group: list[int] = [0] * len(reach.groups.all)
        for group in reach.groups.all:
            for pod in group.pods:
                self._in_group[group.number] |= 1 << numbers[member_of(pod, peers)]
        self._known: dict[int, int] = {}
        self._rows: dict[tuple[object, ...], dict[int, int]] = {}
        self._ranges: dict[frozenset[tuple[int, int]], list[tuple[Block, int]]] = {}
        self._on_node: dict[tuple[str, bool], int] = {}
        """Node, and whether one shares its network → the members whose traffic with that one is exempt."""
        for pod in reach.pods:
            for host in (True, False) if pod.host_network else (True,):
                key = (pod.node, host)
                self._on_node[key] = self._on_node.get(key, 0) | 1 << numbers[member_of(pod, peers)]

    def all(self) -> Connections:
        """Every open connection."""
        found = Connections(self._reach, sorted(self.members, key=str))
        for number, member in enumerate(self.members):
            groups = self._groups(member)
            found.found += self._between(number)
            found.found += self._outwards(member, groups)
            found.found += self._inwards(member, groups)
        found.found += self._through_controllers()
        found.found.sort(key=lambda c: (str(c.source), str(c.destination)))
        return found

    def _groups(self, member: Member) -> list[Group]:
        groups = {
            group.number: group for pod in self._pods[member] for group in self._reach.groups.of_pod[id(pod)]
        }
        return list(groups.values())

    def _between(self, number: int) -> Iterator[Connection]:
        source = self.members[number]
        for ports, members in self.row(number).items():
            for at in positions(members):
                if at != number or self._with_self:
                    yield Connection(source, self.members[at], ports)

    def row(self, number: int) -> Mapping[int, int]:
        """Sets of ports → the members, as bits of their numbers, on which they are open to this one.

        With its own bit where its pods reach each other. Members with equal rows share one object.
        """
        groups, near = self._groups(self.members[number]), self._on_same_nodes(number)
        key = (near, *(group.number for group in groups))
        if key not in self._rows:
            open_ports: dict[int, int] = dict.fromkeys(positions(near), self._reach.ports.all)
            for group in groups:
                for ports, peers in self._reach.destinations(group):
                    for at in positions(self._shown(peers & self._reach.groups.everything)):
                        open_ports[at] = open_ports.get(at, 0) | ports
            row = self._rows[key] = {}
            for at, ports in open_ports.items():
                row[ports] = row.get(ports, 0) | 1 << at
        return self._rows[key]

    def _shown(self, groups: int) -> int:
        """The members, as bits, of a set of groups."""
        found = self._known.get(groups)
        if found is None:
            found = 0
            for at in positions(groups):
                found |= self._in_group[at]
            self._known[groups] = found
        return found

    def _on_same_nodes(self, number: int) -> int:
        """Members that share a node with this one, where one of the two is the node's own network."""
        pods = self._pods[self.members[number]]
        found = 0
        for pod in pods:
            if pod.node:
                found |= self._on_node.get((pod.node, pod.host_network), 0)
        return found & ~(1 << number)

    def _through_controllers(self) -> Iterator[Connection]:
        """Where Ingresses and routes lead to, as far as a pod without labels of any namespace is let in."""
        reach = self._reach
        open_ports: dict[tuple[str, Member], int] = {}
        for entry in entries(reach.index):
            name = _CONTROLLERS.get(entry.kind)
            for arrival in entry.arrivals if name else ():
                port = PortRange(arrival.protocol, arrival.port, arrival.port)
                for group in reach.groups.of_pod[id(arrival.pod)]:
                    bit = reach.ports.mask(port) & ports_for(reach.sources(group), 1)
                    if bit:
                        key = (str(name), member_of(arrival.pod, self._peers))
                        open_ports[key] = open_ports.get(key, 0) | bit
        for (name, member), ports in open_ports.items():
            yield Connection(Member("", name, ""), member, ports)

    def _outwards(self, member: Member, groups: Iterable[Group]) -> Iterator[Connection]:
        for block, ports in self._blocks(map(self._reach.destinations, groups)):
            yield Connection(member, _external(block), ports, block)

    def _inwards(self, member: Member, groups: Iterable[Group]) -> Iterator[Connection]:
        for block, ports in self._blocks(map(self._reach.sources, groups)):
            yield Connection(_external(block), member, ports, block)

    def outside(self, member: Member, inwards: bool) -> Sequence[tuple[Block, int]]:
        """Ranges of addresses that may reach it, or that it may reach, with the open ports.

        Members with equal ones share one object.
        """
        side = self._reach.sources if inwards else self._reach.destinations
        return self._blocks(map(side, self._groups(member)))

    def _blocks(self, found: Iterable[Cells]) -> list[tuple[Block, int]]:
        """Ranges of addresses with the ports that are open; worked out once for all who have the same."""
        first = self._reach.first_block
        key = frozenset((ports, peers >> first) for cells in found for ports, peers in cells)
        if key not in self._ranges:
            self._ranges[key] = list(self._joined(key))
        return self._ranges[key]

    def _joined(self, cells: Iterable[tuple[int, int]]) -> Iterator[tuple[Block, int]]:
        open_ports = [0] * self._reach.space.count
        for ports, blocks in cells:
            for at in positions(blocks):
                open_ports[at] |= ports
        by_ports: dict[int, int] = {}
        for at, ports in enumerate(open_ports):
            if ports:
                by_ports[ports] = by_ports.get(ports, 0) | 1 << at
        for ports, bits in by_ports.items():
            for block in self._reach.space.joined(bits):
                yield block, ports


def member_of(pod: Pod, peers: Peers) -> Member:
    """How a pod is shown."""
    if peers == "pod" and pod.live:
        return Member(pod.namespace, pod.resource.name, pod.resource.kind)
    return Member(*pod.workload)


def _external(block: Block) -> Member:
    return Member("", str(block).removesuffix(f"[{EXTERNAL}]"), EXTERNAL)


def focused(found: Connections, names: Sequence[str]) -> Connections:
    """Only what begins or ends at these namespaces and workloads (`namespace/name`); all without names.

    Raises UsageError, with the nearest name, for one that is not there.
    """
    if not names:
        return found
    for name in names:
        known = {m.namespace for m in found.members} | {f"{m.namespace}/{m.name}" for m in found.members}
        if name not in known:
            raise UsageError(f"no namespace or workload is called {name!r}", nearest(name, known))

    def wanted(member: Member) -> bool:
        return member.namespace in names or f"{member.namespace}/{member.name}" in names

    return Connections(
        found.reach,
        [member for member in found.members if wanted(member)],
        [each for each in found.found if wanted(each.source) or wanted(each.destination)],
        found.notes,
    )
