"""What a change opens and what it closes, between two states of a cluster."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from ipaddress import ip_address

from scanner.facts.exposure import ways_in
from scanner.facts.network.cells import ports_for
from scanner.facts.network.foreign import foreign
from scanner.facts.network.openings import Openings
from scanner.facts.network.pods import Pod
from scanner.facts.network.ports import PortRange
from scanner.facts.network.reach import Reach
from scanner.facts.network.selectors import positions
from scanner.facts.network.verdict import End, Judge
from scanner.network.connections import EXTERNAL, Lister, Member, member_of
from scanner.network.spans import Ports, Span, both_ways, less, spans_less

_MOST_EXPLAINED = 2_000
"""Changes of which the deciding rules are looked up; those are the worst ones, and the rest has none."""
_MOST_RANGES = 3
_MOST_PODS = 3
"""Ranges of ports, and pods of a workload, that are asked for the rules of one change."""
INTERNET = Member("", "internet", "")
ANYONE = Member("", "all namespaces", "")
Row = Mapping[Ports, int]
"""Ports → the workloads, as bits, on which they are open."""


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


class _State:
    """One state, its connections in terms that do not depend on how its policies cut ports and addresses."""

    def __init__(self, reach: Reach) -> None:
        self.reach = reach
        self.pods: dict[Member, list[Pod]] = {}
        for pod in reach.pods:
            self.pods.setdefault(member_of(pod, "workload"), []).append(pod)
        self._lister = Lister(reach, "workload", with_self=False)
        self.members = self._lister.members
        self._words: dict[int, Ports] = {}
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
        return self._ports(found)

    def rows(self, numbers: Mapping[Member, int]) -> dict[Member, Row]:
        """What each workload reaches; those with equal rows share one object."""
        found: dict[Member, Row] = {}
        known: dict[int, Row] = {}
        bits = [1 << numbers[member] for member in self.members]
        for number, member in enumerate(self.members):
            row = self._lister.row(number)
            if id(row) not in known:
                known[id(row)] = {
                    self._ports(ports): sum(bits[at] for at in positions(members))
                    for ports, members in row.items()
                }
            found[member] = known[id(row)]
        return found

    def spans(self, inwards: bool) -> dict[Member, Sequence[Span]]:
        """What each workload has open with addresses outside; equal ones share one object."""
        found: dict[Member, Sequence[Span]] = {}
        known: dict[int, Sequence[Span]] = {}
        for member in self.members:
            blocks = self._lister.outside(member, inwards)
            if id(blocks) not in known:
                known[id(blocks)] = [
                    Span(block.version, block.low, block.high, self._ports(ports)) for block, ports in blocks
                ]
            found[member] = known[id(blocks)]
        return found

    def _ports(self, ports: int) -> Ports:
        if ports not in self._words:
            self._words[ports] = tuple(self.reach.ports.ranges(ports))
        return self._words[ports]

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
    diff.unknown = list(_unknown(before, after))
    both = known & now
    diff.changes = [
        *_from_internet(before, after),
        *_from_anyone(before, after, both),
        *_between(before, after, both, diff),
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


def _from_internet(before: _State, after: _State) -> Iterator[Change]:
    for member in before.internet.keys() | after.internet.keys():
        old, new = before.internet.get(member, ()), after.internet.get(member, ())
        for opened, ports in both_ways(old, new):
            ways = (after if opened else before).ways[member]
            yield Change(opened, INTERNET, member, ports, Rank.FROM_INTERNET, tuple(ways))


def _from_anyone(before: _State, after: _State, both: set[Member]) -> Iterator[Change]:
    for member in both:
        for opened, ports in both_ways(before.anyone[member], after.anyone[member]):
            yield Change(opened, ANYONE, member, ports, Rank.FROM_ALL_NAMESPACES)


def _between(before: _State, after: _State, both: set[Member], diff: Diff) -> Iterator[Change]:
    everyone = sorted({*before.members, *after.members}, key=str)
    numbers = {member: number for number, member in enumerate(everyone)}
    old, new = before.rows(numbers), after.rows(numbers)
    diff.connected = {
        **{member: _connected(old, member, numbers[member]) for member in diff.removed},
        **{member: _connected(new, member, numbers[member]) for member in diff.added},
    }
    stay = sum(1 << numbers[member] for member in both)
    known: dict[tuple[int, int], list[tuple[bool, Ports, int]]] = {}
    for source in both:
        key = (id(old[source]), id(new[source]))
        if key not in known:
            known[key] = list(_rows_changed(old[source], new[source], stay))
        for opened, ports, members in known[key]:
            for at in positions(members & ~(1 << numbers[source])):
                yield from _pair(before, after, Change(opened, source, everyone[at], ports, Rank(0)))


def _rows_changed(old: Row, new: Row, members: int) -> Iterator[tuple[bool, Ports, int]]:
    """Whether ports are opened, which, and on which of these members."""
    for old_ports, some in _with_closed(old, members):
        for new_ports, others in _with_closed(new, members):
            if some & others and old_ports != new_ports:
                for opened, ports in both_ways(old_ports, new_ports):
                    yield opened, ports, some & others


def _with_closed(row: Row, members: int) -> Iterator[tuple[Ports, int]]:
    for ports, some in row.items():
        yield ports, some & members
        members &= ~some
    yield (), members


def _pair(before: _State, after: _State, change: Change) -> Iterator[Change]:
    if change.source.namespace == change.destination.namespace:
        yield replace(change, rank=Rank.WITHIN_NAMESPACE)
        return
    # what pods of all namespaces gain or lose is said once
    known = dict(both_ways(before.anyone[change.destination], after.anyone[change.destination]))
    if left := less(change.ports, known.get(change.opened, ())):
        yield replace(change, rank=Rank.BETWEEN_NAMESPACES, ports=left)


def _connected(rows: Mapping[Member, Row], member: Member, number: int) -> tuple[int, int]:
    others = [row for other, row in rows.items() if other != member]
    reached = sum(any(some >> number & 1 for some in row.values()) for row in others)
    return reached, sum((some & ~(1 << number)).bit_count() for some in rows[member].values())


def _outside(before: _State, after: _State, both: set[Member]) -> Iterator[Change]:
    for inwards in (True, False):
        old, new = before.spans(inwards), after.spans(inwards)
        known: dict[tuple[int, int], list[tuple[bool, Span]]] = {}
        for member in both:
            key = (id(old[member]), id(new[member]))
            if key not in known:
                known[key] = [
                    *((True, span) for span in spans_less(new[member], old[member])),
                    *((False, span) for span in spans_less(old[member], new[member])),
                ]
            for opened, span in known[key]:
                rank = Rank.TO_INTERNET if span.is_public else Rank.TO_OUTSIDE
                rank = Rank.FROM_OUTSIDE if inwards else rank
                ends = (_named(span), member) if inwards else (member, _named(span))
                yield Change(opened, *ends, span.ports, rank)


def _named(span: Span) -> Member:
    return Member("", str(span), EXTERNAL)


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
        ports = 0
        for each in change.ports:
            ports |= reach.ports.mask(each)
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
