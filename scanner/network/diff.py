"""What a change opens and what it closes, between two states of a cluster."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from ipaddress import ip_address

from scanner.facts.exposure import ways_in
from scanner.facts.network.addresses import INSIDE
from scanner.facts.network.cells import ports_for
from scanner.facts.network.foreign import foreign
from scanner.facts.network.openings import Openings
from scanner.facts.network.pods import Address, Pod
from scanner.facts.network.ports import PortRange
from scanner.facts.network.reach import Reach
from scanner.facts.network.verdict import End, Judge
from scanner.network.connections import EXTERNAL, Member, connections, member_of

_MOST_EXPLAINED = 2_000
"""Changes of which the deciding rules are looked up; those are the worst ones, and the rest has none."""
_MOST_RANGES = 3
_MOST_PODS = 3
"""Ranges of ports, and pods of a workload, that are asked for the rules of one change."""
INTERNET = Member("", "internet", "")
ANYONE = Member("", "all namespaces", "")
_SPAN = {4: 32, 6: 128}
Ports = tuple[PortRange, ...]


class Rank(IntEnum):
    """How much a change matters; the lower number is the worse."""

    FROM_INTERNET = 0
    """A way in from the internet leads to the workload, and policies let it through."""
    FROM_OUTSIDE = 1
    """Addresses outside may come in, as far as they have a route to the pod."""
    FROM_ALL_NAMESPACES = 2
    """Pods of namespaces that no rule knows may come in."""
    TO_INTERNET = 3
    BETWEEN_NAMESPACES = 4
    TO_OUTSIDE = 5
    WITHIN_NAMESPACE = 6


@dataclass(frozen=True, slots=True)
class Change:
    """Ports that were closed and are open, or the other way round."""

    opened: bool
    source: Member
    destination: Member
    ports: Ports
    rank: Rank
    because: tuple[str, ...] = ()
    """The ways in, and the rules that decide it now."""


@dataclass(slots=True)
class Diff:
    """All changes, worst first: what is opened, then what is closed."""

    added: list[Member] = field(default_factory=list)
    """Workloads that are new; their connections are no changes."""
    removed: list[Member] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    connected: dict[Member, tuple[int, int]] = field(default_factory=dict)
    """New and removed workloads → how many others reach them, and how many they reach."""
    unknown: list[str] = field(default_factory=list)
    """Why changes may be missing."""

    @property
    def opened(self) -> list[Change]:
        """What is open and was not."""
        return [change for change in self.changes if change.opened]


@dataclass(frozen=True, slots=True)
class _Span:
    """A range of addresses with its open ports."""

    version: int
    low: int
    high: int
    ports: Ports


class _State:
    """One state, its connections in terms that do not depend on how its policies cut ports and addresses."""

    def __init__(self, reach: Reach) -> None:
        self.reach = reach
        self.pods: dict[Member, list[Pod]] = {}
        for pod in reach.pods:
            self.pods.setdefault(member_of(pod, "workload"), []).append(pod)
        self.pairs: dict[tuple[Member, Member], Ports] = {}
        self.spans: dict[tuple[Member, bool], list[_Span]] = {}
        found = connections(reach, "workload", with_self=False)
        self.members = found.members
        words = {ports: tuple(reach.ports.ranges(ports)) for ports in {c.ports for c in found.found}}
        for each in found.found:
            ports = words[each.ports]
            if each.block is None:
                self.pairs[each.source, each.destination] = ports
                continue
            inwards = each.source.kind == EXTERNAL
            member = each.destination if inwards else each.source
            span = _Span(each.block.version, each.block.low, each.block.high, ports)
            self.spans.setdefault((member, inwards), []).append(span)

        self.internet, self.ways = self._from_internet()
        self.anyone = {member: self._from_anyone(pods) for member, pods in self.pods.items()}

    def _from_internet(self) -> tuple[dict[Member, Ports], dict[Member, list[str]]]:
        """Workload → the ports that the internet reaches, and the ways in, with what is uncertain of them."""
        ports: dict[Member, set[PortRange]] = {}
        ways: dict[Member, dict[str, None]] = {}
        for way in ways_in(self.reach.index):
            member, port = member_of(way.arrival.pod, "workload"), way.arrival.port
            ports.setdefault(member, set()).add(PortRange(way.arrival.protocol, port, port))
            ways.setdefault(member, {}).update(dict.fromkeys(filter(None, (way.name, way.why))))
        return {m: tuple(sorted(p)) for m, p in ports.items()}, {m: list(w) for m, w in ways.items()}

    def _from_anyone(self, pods: Sequence[Pod]) -> Ports:
        """The ports that pods without labels, of namespaces that no rule knows, reach."""
        found = 0
        for number in {g.number for pod in pods for g in self.reach.groups.of_pod[id(pod)]}:
            found |= ports_for(self.reach.sources(self.reach.groups.all[number]), 1)
        return tuple(self.reach.ports.ranges(found))

    def connected(self, members: Iterable[Member]) -> dict[Member, tuple[int, int]]:
        counts = {member: [0, 0] for member in members}
        for pair in self.pairs if counts else ():
            for member, at in zip(pair, (1, 0), strict=True):
                if member in counts and all(end.namespace for end in pair):
                    counts[member][at] += 1
        return {member: (reached, reaches) for member, (reached, reaches) in counts.items()}

    def doubts(self) -> dict[str, object]:
        """Policies of plugins' own kinds, whose effect is not worked out → what they say."""
        return {each.reason: each.resource.body for each in foreign(self.reach.index)}


def compare(old: Reach, new: Reach) -> Diff:
    """What is open in the new state and was not in the old, and the other way round.

    Connections of workloads that are new or gone are no changes, except those with the internet.
    """
    before, after = _State(old), _State(new)
    known, now = set(before.members), set(after.members)
    diff = Diff(sorted(now - known, key=str), sorted(known - now, key=str))
    diff.connected = {**before.connected(diff.removed), **after.connected(diff.added)}
    diff.unknown = list(_unknown(before, after))
    both = known & now
    diff.changes = [
        *_from_internet(before, after),
        *_from_anyone(before, after, both),
        *_between(before, after, both),
        *_outside(before, after, both),
    ]
    diff.changes.sort(key=lambda c: (not c.opened, c.rank, str(c.destination), str(c.source), c.ports))
    explainer = _Explainer(after)
    diff.changes[:_MOST_EXPLAINED] = map(explainer.explained, diff.changes[:_MOST_EXPLAINED])
    return diff


def _unknown(before: _State, after: _State) -> Iterator[str]:
    """Policies that the API server would refuse, and changed ones whose effect is not worked out."""
    refused = {str(p) for state in (before, after) for p in state.reach.policies if p.refused}
    yield from (f"the API server would refuse {policy}: correct it" for policy in sorted(refused))
    old, new = before.doubts(), after.doubts()
    yield from sorted(reason for reason in old.keys() | new.keys() if old.get(reason) != new.get(reason))


def _both_ways(old: Ports, new: Ports) -> Iterator[tuple[bool, Ports]]:
    """Whether ports are opened, and which."""
    if old == new:
        return
    for opened, ports in ((True, _less(new, old)), (False, _less(old, new))):
        if ports:
            yield opened, ports


def _from_internet(before: _State, after: _State) -> Iterator[Change]:
    for member in before.internet.keys() | after.internet.keys():
        old, new = before.internet.get(member, ()), after.internet.get(member, ())
        for opened, ports in _both_ways(old, new):
            ways = (after if opened else before).ways[member]
            yield Change(opened, INTERNET, member, ports, Rank.FROM_INTERNET, tuple(ways))


def _from_anyone(before: _State, after: _State, both: set[Member]) -> Iterator[Change]:
    for member in both:
        for opened, ports in _both_ways(before.anyone[member], after.anyone[member]):
            yield Change(opened, ANYONE, member, ports, Rank.FROM_ALL_NAMESPACES)


def _between(before: _State, after: _State, both: set[Member]) -> Iterator[Change]:
    for pair in before.pairs.keys() | after.pairs.keys():
        source, destination = pair
        old, new = before.pairs.get(pair, ()), after.pairs.get(pair, ())
        if old == new or source not in both or destination not in both:
            continue
        within = source.namespace == destination.namespace
        rank = Rank.WITHIN_NAMESPACE if within else Rank.BETWEEN_NAMESPACES
        known = dict(_both_ways(before.anyone[destination], after.anyone[destination]))
        for opened, ports in _both_ways(old, new):
            left = ports if within else _less(ports, known.get(opened, ()))
            if left:  # what pods of all namespaces gain or lose is said once
                yield Change(opened, source, destination, left, rank)


def _outside(before: _State, after: _State, both: set[Member]) -> Iterator[Change]:
    for member, inwards in before.spans.keys() | after.spans.keys():
        if member not in both:
            continue
        key = (member, inwards)
        for opened in (True, False):
            one, other = (after, before) if opened else (before, after)
            for span in _spans_less(one.spans.get(key, ()), other.spans.get(key, ())):
                public = _is_public(span)
                rank = Rank.TO_INTERNET if public else Rank.TO_OUTSIDE
                rank = Rank.FROM_OUTSIDE if inwards else rank
                addresses = _named(span)
                ends = (addresses, member) if inwards else (member, addresses)
                yield Change(opened, *ends, span.ports, rank)


def _is_public(span: _Span) -> bool:
    """Some of the addresses are of the internet."""
    low, high = _address(span.version, span.low), _address(span.version, span.high)
    return not any(low in network and high in network for network in INSIDE)


def _address(version: int, number: int) -> Address:
    return ip_address(number.to_bytes(_SPAN[version] // 8, "big"))


def _named(span: _Span) -> Member:
    low, high = _address(span.version, span.low), _address(span.version, span.high)
    return Member("", f"{low}-{high}", EXTERNAL)


def _less(some: Ports, others: Ports) -> Ports:
    """Ports that are in the first and not in the second, in order."""
    found: list[PortRange] = []
    for protocol, low, high in some:
        start = low
        for _, other_low, other_high in sorted(o for o in others if o.protocol == protocol):
            if other_high < start or other_low > high:
                continue
            if other_low > start:
                found.append(PortRange(protocol, start, other_low - 1))
            start = other_high + 1
        if start <= high:
            found.append(PortRange(protocol, start, high))
    return tuple(found)


def _spans_less(some: Iterable[_Span], others: Sequence[_Span]) -> list[_Span]:
    """Addresses with the ports that are open in the first and not in the second; equal neighbours joined."""
    found: list[_Span] = []
    for span in some:
        edges = {span.low, span.high + 1}
        near = [o for o in others if o.version == span.version and o.low <= span.high and o.high >= span.low]
        for other in near:
            edges |= {e for e in (other.low, other.high + 1) if span.low < e <= span.high}
        cuts = sorted(edges)
        for low, end in itertools.pairwise(cuts):
            there = next((o.ports for o in near if o.low <= low <= o.high), ())
            if left := _less(span.ports, there):
                found.append(_Span(span.version, low, end - 1, left))
    found.sort(key=lambda s: (s.ports, s.version, s.low))
    joined: list[_Span] = []
    for span in found:
        last = joined[-1] if joined else None
        if last and (last.version, last.ports, last.high + 1) == (span.version, span.ports, span.low):
            joined[-1] = _Span(last.version, last.low, span.high, last.ports)
        else:
            joined.append(span)
    return joined


class _Explainer:
    """Finds the rules that decide changes now."""

    def __init__(self, after: _State) -> None:
        self._after = after
        self._judge = Judge(after.reach)
        self._openings = Openings(after.reach)

    def explained(self, change: Change) -> Change:
        """The change with the rules that decide it."""
        if change.source in (INTERNET, ANYONE):
            why = self._of_class(change)
        else:
            why = (reason for ports in change.ports[:_MOST_RANGES] for reason in self._of_pair(change, ports))
        return replace(change, because=tuple(dict.fromkeys([*change.because, *why])))

    def _of_class(self, change: Change) -> Iterator[str]:
        reach, pods = self._after.reach, self._after.pods.get(change.destination, ())
        groups = {g.number: g for pod in pods for g in reach.groups.of_pod[id(pod)]}
        if not change.opened:
            for selected, policy in reach.sides["ingress"].isolating:
                if any(selected >> number & 1 for number in groups):
                    yield str(policy)
            return
        peers = 1 if change.source == ANYONE else reach.outside | 1
        ports = sum(reach.ports.mask(each) for each in change.ports)
        for bound in self._openings.because(groups.values(), "ingress", peers, ports):
            yield bound.policy.named(bound.rule) if bound else "no policy isolates it for ingress"

    def _of_pair(self, change: Change, ports: PortRange) -> Sequence[str]:
        for source in _ends(self._after.pods, change.source):
            for destination in _ends(self._after.pods, change.destination):
                verdict = self._judge.verdict(source, destination, ports.protocol, ports.low)
                if verdict.allowed is change.opened:
                    return [why for step in verdict.steps if step.subject for why in step.because]
                if verdict.allowed is None:
                    return verdict.because
        return ()


def _ends(pods: Mapping[Member, list[Pod]], member: Member) -> Sequence[End]:
    if member.kind == EXTERNAL:
        return (ip_address(member.name.partition("-")[0]),)
    return pods.get(member, [])[:_MOST_PODS]
