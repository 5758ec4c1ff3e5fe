"""Which rules let in, or out, what policies leave open, and what is open because no policy says anything."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scanner.facts.index import Index
from scanner.facts.network.cells import Cells, take
from scanner.facts.network.compile import Bound
from scanner.facts.network.groups import Group
from scanner.facts.network.policies import TIERS, Direction, Tier
from scanner.facts.network.reach import Reach, reach
from scanner.facts.subject import once

_Part = tuple[Bound, int, int]
"""A rule, with ports and peers that it is about together."""


@dataclass(frozen=True, slots=True, eq=False)
class Opening:
    """Ports and peers that one rule opens to pods, as far as no rule before it decides otherwise."""

    bound: Bound | None
    """None for what is open because no policy of the pods' own end decides it."""
    ports: int
    peers: int


class Openings:
    """For each group of pods, what opens its connections."""

    def __init__(self, reach: Reach) -> None:
        self.reach = reach
        self._known: dict[tuple[object, ...], tuple[Opening, ...]] = {}

    def of(self, group: Group, direction: Direction) -> tuple[Opening, ...]:
        """What the policies that select the pods open; rules of NetworkPolicies may open the same."""
        everything = self.reach.everyone
        if group.host:
            return (Opening(None, self.reach.ports.all, everything),)
        bounds = self.reach.bounds(group, direction)
        ports = group.ports if direction == "ingress" else ()
        isolated = self.reach.isolated(group, direction)
        key = (direction, isolated, ports, *map(id, bounds))
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = tuple(self._opened(group, direction, bounds, isolated))
        return found

    def by_default(self, group: Group, direction: Direction) -> int:
        """The peers, of any port, that are let through although no rule allows it."""
        found = 0
        for opening in self.of(group, direction):
            if opening.bound is None:
                found |= opening.peers
        return found

    def effective(self, group: Group, direction: Direction) -> Cells:
        """Ports and peers that both ends let through."""
        return self.reach.sources(group) if direction == "ingress" else self.reach.destinations(group)

    def because(
        self, groups: Iterable[Group], direction: Direction, peers: int, ports: int = -1
    ) -> dict[Bound | None, int]:
        """Rule → the ports that it opens between pods and some peers, where both ends agree."""
        found: dict[Bound | None, int] = {}
        for group in groups:
            for some_ports, some_peers in self.effective(group, direction):
                if not some_peers & peers or not some_ports & ports:
                    continue
                for opening in self.of(group, direction):
                    opened = opening.ports & some_ports & ports
                    if opened and opening.peers & some_peers & peers:
                        found[opening.bound] = found.get(opening.bound, 0) | opened
        return found

    def _opened(
        self, group: Group, direction: Direction, bounds: Sequence[tuple[Tier, Bound]], isolated: bool
    ) -> list[Opening]:
        parts: dict[Tier, list[_Part]] = {tier: [] for tier in TIERS}
        for tier, bound in bounds:
            parts[tier] += [(bound, *part) for part in self._parts(group, direction, bound)]
        found, left = _in_order(parts["admin"], [(self.reach.ports.all, self.reach.everyone)])
        if isolated:
            for bound, ports, peers in parts["namespace"]:
                found += [Opening(bound, *cell) for cell in take(left, ports, peers)[0]]
            return found
        more, left = _in_order(parts["baseline"], left)
        return [*found, *more, *(Opening(None, *cell) for cell in left)]

    def _parts(self, group: Group, direction: Direction, bound: Bound) -> list[tuple[int, int]]:
        if direction == "ingress":
            return [(bound.ports_at(group.number), bound.peers)]
        return [(bound.ports, bound.peers), *((port, bound.peers & on) for port, on in bound.named)]


def _in_order(
    parts: Iterable[_Part], undecided: list[tuple[int, int]]
) -> tuple[list[Opening], list[tuple[int, int]]]:
    """What rules that are asked one after the other open, and what they leave to the next tier."""
    found: list[Opening] = []
    passed: list[tuple[int, int]] = []
    for bound, ports, peers in parts:
        hit, undecided = take(undecided, ports, peers)
        if bound.rule.action == "allow":
            found += [Opening(bound, *cell) for cell in hit]
        elif bound.rule.action == "pass":
            passed += hit
    return found, [*undecided, *passed]


@once
def openings(index: Index) -> Openings:
    """What opens the connections of a scan's pods, an `ipBlock` matching no pods."""
    return Openings(reach(index))
