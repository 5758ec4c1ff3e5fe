"""Policies compiled to sets: which groups and addresses each rule is about, and which ports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from ipaddress import ip_network

from scanner.facts.index import Index
from scanner.facts.network.addresses import AddressSpace, Network
from scanner.facts.network.entries import arrival_ports
from scanner.facts.network.groups import Groups
from scanner.facts.network.pods import node_addresses
from scanner.facts.network.policies import (
    DIRECTIONS,
    Addresses,
    Direction,
    DomainNames,
    NamedPort,
    Nodes,
    Peer,
    Policy,
    Rule,
    Selected,
    Tier,
    peers_of,
)
from scanner.facts.network.ports import PortRange, PortSpace
from scanner.facts.network.selectors import EVERYTHING, Labelled, Selector, keys_of, readable
from scanner.fields import texts


@dataclass(frozen=True, slots=True, eq=False)
class Bound:
    """One rule, or a policy that has none for a direction, as sets.

    Sets of peers have a bit for each group and, behind those, for each block of addresses.
    """

    policy: Policy
    rule: Rule
    subject: int
    peers: int
    ports: int
    """Of those by number."""
    named: tuple[tuple[int, int], ...]
    """Of those by name: the port, and the destination groups on which it is that one."""
    perhaps: int
    """Peers of which it cannot be told whether the rule is about them: the addresses of domain names."""

    def ports_at(self, group: int) -> int:
        """The ports on one destination."""
        found = self.ports
        for port, groups in self.named:
            if groups >> group & 1:
                found |= port
        return found


@dataclass(slots=True, eq=False)
class Side:
    """All policies, as they act in one direction."""

    tiers: dict[Tier, list[Bound]] = field(
        default_factory=lambda: {"admin": [], "namespace": [], "baseline": []}
    )
    """Rules in the order in which they are asked; within the tier of namespaces order means nothing."""
    isolating: list[tuple[int, Policy]] = field(default_factory=list)
    """NetworkPolicies, and the groups that each isolates."""
    isolated: int = 0
    """The groups that some NetworkPolicy selects."""


class Compiler:
    """Turns policies into sets over one scan's groups, addresses and ports."""

    def __init__(
        self, index: Index, policies: Sequence[Policy], groups: Groups, space: AddressSpace, with_pods: bool
    ) -> None:
        self._groups = groups
        self._space = space
        self._with_pods = with_pods
        self._nodes = index.by_kind.get("Node", [])
        self._labels = Labelled(
            (texts(node.body, "metadata", "labels") for node in self._nodes),
            keys_of(p.nodes for policy in policies for p in peers_of(policy) if isinstance(p, Nodes)),
        )
        self.ports = PortSpace([*_port_ranges(policies), *groups.port_ranges(), *arrival_ports(index)])
        self.everyone = groups.everything | space.all << len(groups.all)
        self.sides: dict[Direction, Side] = {direction: Side() for direction in DIRECTIONS}
        self._peers: dict[tuple[str, Peer], int] = {}
        self._named: dict[NamedPort, list[tuple[int, int]]] = {}
        for policy in sorted(policies, key=_order):
            for direction in DIRECTIONS:
                self._add(policy, direction)

    def subject(self, policy: Policy) -> int:
        """The groups that a policy selects."""
        return 0 if policy.subjects is None else self._selected(policy, *policy.subjects)

    def touched(self, policy: Policy) -> int:
        """The groups that a policy may select if what cannot be read of its selectors selects all, or that
        the other policy of its name may select.
        """
        namespaces, pods = (not policy.contested and policy.subjects) or (EVERYTHING, EVERYTHING)
        return self._selected(policy, readable(namespaces), readable(pods))

    def _selected(self, policy: Policy, namespaces: Selector, pods: Selector) -> int:
        where = (
            self._groups.in_namespace(policy.namespace)
            if policy.tier == "namespace"
            else self._groups.in_namespaces(namespaces)
        )
        return self._groups.chosen(where, pods)

    def _add(self, policy: Policy, direction: Direction) -> None:
        rules, side = policy.rules(direction), self.sides[direction]
        if rules is None:
            return
        subject = self.subject(policy)
        if policy.tier == "namespace":
            side.isolating.append((subject, policy))
            side.isolated |= subject
        for rule in rules:
            side.tiers[policy.tier].append(self._bound(policy, rule, subject))

    def _bound(self, policy: Policy, rule: Rule, subject: int) -> Bound:
        peers, perhaps = self.everyone if rule.peers is None else 0, 0
        for _, peer in rule.peers or ():
            if isinstance(peer, DomainNames):
                perhaps |= self._space.all << len(self._groups.all)
            else:
                peers |= self.peer(policy, peer)
        ports, named = self.ports.all if rule.ports is None else 0, []
        for port in rule.ports or ():
            if isinstance(port, NamedPort):
                named += self._named_port(port)
            else:
                ports |= self.ports.mask(port)
        return Bound(policy, rule, subject, peers, ports, tuple(named), perhaps)

    def _named_port(self, port: NamedPort) -> list[tuple[int, int]]:
        """The ports that a name stands for, with the groups; one list for all rules that name it."""
        found = self._named.get(port)
        if found is None:
            found = [(self.ports.mask(number), groups) for number, groups in self._groups.named(port)]
            self._named[port] = found
        return found

    def peer(self, policy: Policy, peer: Peer) -> int:
        """The groups and blocks that a peer stands for."""
        key = (policy.namespace if isinstance(peer, Selected) and peer.namespaces is None else "", peer)
        found = self._peers.get(key)
        if found is None:
            found = self._peers[key] = self._peer(policy, peer)
        return found

    def _peer(self, policy: Policy, peer: Peer) -> int:
        groups = self._groups
        match peer:
            case Selected(namespaces=None):
                return groups.chosen(groups.in_namespace(policy.namespace), peer.pods)
            case Selected(namespaces=selector) if selector is not None:
                return groups.chosen(groups.in_namespaces(selector), peer.pods)
            case Addresses():
                return self._at(peer.networks, peer) & ~self._at(peer.without, peer)
            case Nodes():
                return self._on(peer.nodes)
        return 0

    def _at(self, networks: Iterable[Network], peer: Addresses) -> int:
        found = 0
        for network in networks:
            found |= self._space.mask(network)
        return self._groups.at(networks, peer.with_pods or self._with_pods) | found << len(self._groups.all)

    def _on(self, selector: Selector) -> int:
        """The addresses of nodes, and the groups that share the nodes' network."""
        chosen = self._labels.chosen(selector)
        found = 0
        names: set[str] = set()
        blocks: set[int] = set()
        for at, node in enumerate(self._nodes):
            if chosen >> at & 1:
                names.add(node.name)
                blocks.update(map(self._space.position, node_addresses(node)))
        for block in blocks:
            found |= 1 << len(self._groups.all) + block
        for group in self._groups.all:
            if group.host and (group.node in names or group.block in blocks):
                found |= 1 << group.number
        return found


def _order(policy: Policy) -> tuple[int, str, str, str]:
    """Lower priority numbers first; equal ones in an order of ours, for the API leaves it open."""
    return policy.priority, policy.resource.kind, policy.namespace, policy.resource.name


def _port_ranges(policies: Sequence[Policy]) -> Iterator[PortRange]:
    for policy in policies:
        for rule in (*(policy.ingress or ()), *(policy.egress or ())):
            for port in rule.ports or ():
                if isinstance(port, PortRange):
                    yield port


def networks_of(index: Index, policies: Sequence[Policy]) -> Iterator[Network]:
    """All networks at whose edges addresses must be cut."""
    for policy in policies:
        for peer in peers_of(policy):
            if isinstance(peer, Addresses):
                yield from (*peer.networks, *peer.without)
    if any(isinstance(peer, Nodes) for policy in policies for peer in peers_of(policy)):
        for node in index.by_kind.get("Node", ()):
            yield from map(ip_network, node_addresses(node))
