"""Where network policies of different people contradict each other, or the network plugin decides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from scanner.facts.index import Index
from scanner.facts.network.boxes import Box, Cover, boxes, covers, example, near, uncovered
from scanner.facts.network.compile import Bound
from scanner.facts.network.policies import DIRECTIONS, Direction, Tier
from scanner.facts.network.reach import Reach, reach
from scanner.facts.network.selectors import positions
from scanner.facts.subject import Subject, once

_MOST = 3
_ORDERED: tuple[Tier, ...] = ("admin", "baseline")
_Found = dict[int, list[dict[str, Any]]]


def equal_priorities(index: Index, unit: Subject) -> list[dict[str, str]]:
    """Over admin policies: up to three other policies of the same tier and priority (`policy`) that decide
    otherwise of some connections (`example`), so that it is left open which of them counts.
    """
    return _equal(index).get(id(unit.resource), [])


def bypasses(index: Index, unit: Subject) -> list[dict[str, Any]]:
    """Over admin policies: the `path` of each rule that allows what NetworkPolicies would not let through,
    with up to three `namespaces` whose pods it opens and an `example`.
    """
    return _bypasses(index).get(id(unit.resource), [])


@once
def _equal(index: Index) -> Mapping[int, list[dict[str, Any]]]:
    known = reach(index)
    found: _Found = {}
    for direction in DIRECTIONS:
        for tier in _ORDERED:
            before: dict[Box, Cover] = {}
            for group in _by_priority(known.sides[direction].tiers[tier]):
                _compare(known, direction, list(before.values()), group, found)
                for cover in covers(chain.from_iterable(group), direction):
                    before.setdefault(cover.box, cover)
    return found


def _by_priority(rules: Sequence[Bound]) -> Iterator[list[list[Bound]]]:
    """Rules in force: for each priority those of each policy."""
    found: dict[int, dict[int, list[Bound]]] = {}
    for bound in rules:
        if not bound.policy.refused:
            own = found.setdefault(bound.policy.priority, {})
            own.setdefault(id(bound.policy), []).append(bound)
    return ([*own.values()] for own in found.values())


def _compare(
    reach: Reach, direction: Direction, before: list[Cover], group: list[list[Bound]], found: _Found
) -> None:
    """Every policy with the others of its priority."""
    for number, ours in enumerate(group):
        for theirs in group[number + 1 :]:
            places = [found.setdefault(id(each[0].policy.resource), []) for each in (ours, theirs)]
            if all(len(place) >= _MOST for place in places) or not ours[0].subject & theirs[0].subject:
                continue
            box = _disputed(reach, direction, before, ours, theirs)
            if box is None:
                continue
            text = example(reach, direction, box)
            for place, other in zip(places, (theirs, ours), strict=True):
                name = str(other[0].policy)
                if len(place) < _MOST and all(each["policy"] != name for each in place):
                    place.append({"policy": name, "example": text})


def _disputed(
    reach: Reach, direction: Direction, before: list[Cover], ours: list[Bound], theirs: list[Bound]
) -> Box | None:
    """Connections of which the first rules of two policies that are about them say different things."""
    for at, mine in enumerate(ours):
        for number, other in enumerate(theirs):
            if mine.rule.action == other.rule.action:
                continue
            common = list(_common(reach, direction, mine, other))
            if common:
                earlier = covers([*ours[:at], *theirs[:number]], direction)
                box = uncovered(common, [*before, *earlier])
                if box is not None:
                    return box
    return None


def _common(reach: Reach, direction: Direction, mine: Bound, other: Bound) -> Iterator[Box]:
    for one in boxes(mine, direction):
        for two in boxes(other, direction):
            common = one.common(two)
            real = common and _at_hand(reach, common)
            if real:
                yield real


def _at_hand(reach: Reach, box: Box) -> Box | None:
    """The part of a box that is about pods at hand and addresses."""
    return box.common(Box(reach.groups.real, reach.groups.real | reach.outside, reach.ports.all))


@once
def _bypasses(index: Index) -> Mapping[int, list[dict[str, Any]]]:
    known = reach(index)
    found: _Found = {}
    for direction in DIRECTIONS:
        side = known.sides[direction]
        opening: dict[str, list[Cover]] = {}
        for bound in side.tiers["namespace"]:
            opening.setdefault(bound.policy.namespace, []).extend(covers([bound], direction))
        before: dict[Box, Cover] = {}
        for bound in side.tiers["admin"]:
            if bound.policy.refused:
                continue
            if bound.rule.action == "allow":
                opened = list(_opened(known, direction, bound, before.values(), opening))
                if opened:
                    entry = {
                        "path": list(bound.rule.path),
                        "namespaces": [name for name, _ in opened],
                        "example": example(known, direction, opened[0][1]),
                    }
                    found.setdefault(id(bound.policy.resource), []).append(entry)
            for cover in covers([bound], direction):
                before.setdefault(cover.box, cover)
    return found


def _opened(
    reach: Reach,
    direction: Direction,
    bound: Bound,
    before: Iterable[Cover],
    opening: Mapping[str, list[Cover]],
) -> Iterator[tuple[str, Box]]:
    """Namespaces to which a rule opens what their own policies do not, with some of it."""
    isolated = reach.sides[direction].isolated
    whole = boxes(bound, direction)
    earlier = [cover for box in whole for cover in near(box, before)]
    count = 0
    for name in _namespaces(reach, bound.subject & isolated & reach.groups.real):
        inside = Box(reach.groups.in_namespace(name) & isolated, reach.everyone & ~1, reach.ports.all)
        wanted = [part for box in whole if (part := box.common(inside))]
        left = uncovered(wanted, [*earlier, *opening.get(name, ())])
        if left is not None:
            yield name, left
            count += 1
            if count == _MOST:
                return


def _namespaces(reach: Reach, groups: int) -> list[str]:
    return sorted({reach.groups.all[at].namespace for at in positions(groups)})
