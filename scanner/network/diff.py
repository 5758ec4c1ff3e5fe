"""What a change opens and what it closes, between two states of a cluster."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from ipaddress import ip_address

from scanner.facts.network.addresses import INSIDE
from scanner.facts.network.entries import EntryKind, entries
from scanner.facts.network.pods import Address, Pod
from scanner.facts.network.ports import PortRange
from scanner.facts.network.reach import Reach
from scanner.facts.network.verdict import End, Judge
from scanner.network.connections import EXTERNAL, Member, connections, member_of

_MOST_EXPLAINED = 2_000
"""Changes of which the deciding rules are looked up; those are the worst ones, and the rest has none."""
_SPAN = {4: 32, 6: 128}
Ports = tuple[PortRange, ...]


class Rank(IntEnum):
    """How much a change matters; the lower number is the worse."""

    FROM_INTERNET = 0
    """Addresses of the internet may come in, and an entry leads to the workload."""
    FROM_OUTSIDE = 1
    """Addresses outside may come in, as far as they have a route to the pod."""
    TO_INTERNET = 2
    BETWEEN_NAMESPACES = 3
    TO_OUTSIDE = 4
    WITHIN_NAMESPACE = 5


@dataclass(frozen=True, slots=True)
class Change:
    """Ports that were closed and are open, or the other way round."""

    opened: bool
    source: Member
    destination: Member
    ports: Ports
    rank: Rank
    because: tuple[str, ...] = ()
    """The rules that decide it now."""


@dataclass(slots=True)
class Diff:
    """All changes, worst first: what is opened, then what is closed."""

    added: list[Member] = field(default_factory=list)
    """Workloads that are new; their connections are no changes."""
    removed: list[Member] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)

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
        words = {c.ports: tuple(reach.ports.ranges(c.ports)) for c in found.found}
        for each in found.found:
            ports = words[each.ports]
            if each.block is None:
                self.pairs[each.source, each.destination] = ports
                continue
            inwards = each.source.kind == EXTERNAL
            member = each.destination if inwards else each.source
            span = _Span(each.block.version, each.block.low, each.block.high, ports)
            self.spans.setdefault((member, inwards), []).append(span)

    def led_to(self) -> set[Member]:
        """Workloads that a way in from the internet leads to."""
        return {
            member_of(arrival.pod, "workload")
            for entry in entries(self.reach.index)
            if not entry.internal and entry.kind is not EntryKind.HOST_NETWORK
            for arrival in entry.arrivals
        }


def compare(old: Reach, new: Reach) -> Diff:
    """What is open in the new state and was not in the old, and the other way round."""
    before, after = _State(old), _State(new)
    known, now = set(before.members), set(after.members)
    diff = Diff(sorted(now - known, key=str), sorted(known - now, key=str))
    both = known & now
    diff.changes = [*_between(before, after, both), *_outside(before, after, both)]
    diff.changes.sort(key=lambda c: (not c.opened, c.rank, str(c.destination), str(c.source), c.ports))
    judge = Judge(new)
    diff.changes[:_MOST_EXPLAINED] = [
        _explained(judge, after, change) for change in diff.changes[:_MOST_EXPLAINED]
    ]
    return diff


def _between(before: _State, after: _State, both: set[Member]) -> Iterator[Change]:
    for pair in before.pairs.keys() | after.pairs.keys():
        source, destination = pair
        if not {m for m in pair if m.namespace} <= both:
            continue
        rank = Rank.BETWEEN_NAMESPACES
        if source.namespace == destination.namespace:
            rank = Rank.WITHIN_NAMESPACE
        elif not source.namespace:
            rank = Rank.FROM_INTERNET
        old, new = before.pairs.get(pair, ()), after.pairs.get(pair, ())
        if opened := _less(new, old):
            yield Change(True, source, destination, opened, rank)
        if closed := _less(old, new):
            yield Change(False, source, destination, closed, rank)


def _outside(before: _State, after: _State, both: set[Member]) -> Iterator[Change]:
    led_to = {True: after.led_to(), False: before.led_to()}
    for member, inwards in before.spans.keys() | after.spans.keys():
        if member not in both:
            continue
        key = (member, inwards)
        for opened in (True, False):
            one, other = (after, before) if opened else (before, after)
            for span in _spans_less(one.spans.get(key, ()), other.spans.get(key, ())):
                public = _is_public(span)
                if inwards:
                    led = public and member in led_to[opened]
                    rank = Rank.FROM_INTERNET if led else Rank.FROM_OUTSIDE
                else:
                    rank = Rank.TO_INTERNET if public else Rank.TO_OUTSIDE
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


def _explained(judge: Judge, after: _State, change: Change) -> Change:
    """The change with the rules that decide it now."""
    protocol, port, _ = change.ports[0]
    for source in _ends(after.pods, change.source):
        for destination in _ends(after.pods, change.destination):
            verdict = judge.verdict(source, destination, protocol, port)
            if verdict.allowed is change.opened:
                steps = [step for step in verdict.steps if step.subject]
                return replace(change, because=tuple(why for step in steps for why in step.because))
    return change


def _ends(pods: Mapping[Member, list[Pod]], member: Member) -> Sequence[End]:
    if member.kind == EXTERNAL:
        return (ip_address(member.name.partition("-")[0]),)
    return pods.get(member, [])[:3]
