"""What a NetworkPolicy opens depends on the network plugin where an `ipBlock` may match pods."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scanner.facts.index import Index
from scanner.facts.network.boxes import Box, example
from scanner.facts.network.cells import Cells, both, take
from scanner.facts.network.compile import Bound
from scanner.facts.network.groups import Group
from scanner.facts.network.policies import DIRECTIONS, Addresses, Direction
from scanner.facts.network.reach import Reach, reach, reach_with_pods
from scanner.facts.network.selectors import positions
from scanner.facts.subject import Subject, once


def depends_on_plugin(index: Index, unit: Subject) -> list[dict[str, Any]]:
    """Over NetworkPolicies: the `path` of each `ipBlock` that opens pods only if the plugin compares it
    with their addresses, with an `example`.

    Source: https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-ipblock-selectors
    """
    comparison = _comparison(index)
    return [] if comparison is None else comparison.of_policy(id(unit.resource))


@once
def _comparison(index: Index) -> _Comparison | None:
    rules: dict[int, list[tuple[Direction, Bound]]] = {}
    without = reach(index)
    if not any(_blocks(bound) for side in without.sides.values() for bound in side.tiers["namespace"]):
        return None
    known = reach_with_pods(index)
    for direction in DIRECTIONS:
        for bound in known.sides[direction].tiers["namespace"]:
            if _blocks(bound) and not bound.policy.refused:
                rules.setdefault(id(bound.policy.resource), []).append((direction, bound))
    return _Comparison(without, known, rules)


def _blocks(bound: Bound) -> bool:
    return any(isinstance(peer, Addresses) for _, peer in bound.rule.peers or ())


class _Comparison:
    """The connectivity of a scan without and with pods that an `ipBlock` matches."""

    def __init__(self, without: Reach, known: Reach, rules: dict[int, list[tuple[Direction, Bound]]]) -> None:
        self._without, self._known, self._rules = without, known, rules
        self._same: dict[int, int] = {}
        for group in known.groups.all:
            for pod in group.pods[:1]:
                for theirs in without.groups.of_pod[id(pod)]:
                    if theirs.version not in (0, group.version):
                        continue
                    self._same[theirs.number] = self._same.get(theirs.number, 0) | 1 << group.number
        self._lifted: dict[int, int] = {}

    def of_policy(self, resource: int) -> list[dict[str, Any]]:
        """What `depends_on_plugin` says of one policy."""
        return [
            {"path": [*path, "ipBlock"], "example": example(self._known, direction, box)}
            for direction, bound in self._rules.get(resource, ())
            for path, peer in bound.rule.peers or ()
            if isinstance(peer, Addresses)
            for box in self._opened(direction, bound, self._known.peer(bound.policy, peer))
        ]

    def _opened(self, direction: Direction, bound: Bound, peers: int) -> Iterator[Box]:
        """Some of what is open only if an `ipBlock` matches pods; nothing if there is none."""
        there = peers & self._known.groups.real
        seen: set[tuple[int, ...]] = set()
        for at in positions(bound.subject & self._known.groups.real) if there else ():
            group = self._known.groups.all[at]
            others = there & ~self._itself(group)
            cells, theirs = _effective(self._known, direction, group), self._otherwise(direction, group)
            key = (id(cells), id(theirs), others, bound.ports_at(at))
            if key in seen:
                continue
            seen.add(key)
            left = list(both(cells, _parts(direction, bound, at, others)))
            for ports, open_ in theirs:
                left = take(left, ports, self._lift(open_))[1]
            if left:
                yield Box(1 << at, left[0][1], left[0][0])
                return

    def _itself(self, group: Group) -> int:
        """The groups of a single live pod, which reaches itself whatever policies say."""
        first = group.pods[0]
        if not first.live or len(group.pods) > 1:
            return 0
        same = (each for each in self._known.groups.of_pod[id(first)] if each.pods == [first])
        return sum(1 << each.number for each in same)

    def _otherwise(self, direction: Direction, group: Group) -> Cells:
        theirs = self._without.groups.of_pod[id(group.pods[0])]
        same = [each for each in theirs if each.version == group.version] or theirs
        return _effective(self._without, direction, same[0])

    def _lift(self, peers: int) -> int:
        """Groups of one view as those of the other, which tells more of them apart."""
        found = self._lifted.get(peers)
        if found is None:
            found = 0
            for at in positions(peers & self._without.groups.real):
                found |= self._same[at]
            self._lifted[peers] = found
        return found


def _parts(direction: Direction, bound: Bound, subject: int, peers: int) -> Cells:
    """What a rule is about between one subject and some peers."""
    if direction == "ingress":
        return ((bound.ports_at(subject), peers),)
    return ((bound.ports, peers), *((port, peers & groups) for port, groups in bound.named))


def _effective(reach: Reach, direction: Direction, group: Group) -> Cells:
    return reach.sources(group) if direction == "ingress" else reach.destinations(group)
