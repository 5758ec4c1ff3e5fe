"""Rules of network policies that decide nothing, because others have decided all that they are about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

from scanner.facts.index import Index
from scanner.facts.network.boxes import Box, Cover, boxes, covers, uncovered
from scanner.facts.network.compile import Bound
from scanner.facts.network.policies import DIRECTIONS, Direction, Tier
from scanner.facts.network.reach import Reach, reach
from scanner.facts.network.selectors import positions
from scanner.facts.subject import Subject, once

_EXAMPLES = 3
_ORDERED: tuple[Tier, ...] = ("admin", "baseline")
_Found = dict[int, list[dict[str, Any]]]


def shadowed(index: Index, unit: Subject) -> list[dict[str, Any]]:
    """Over policies: the `path` of each rule that decides nothing, its `action` (`allow`, `deny` or `pass`),
    and `by` which rules: up to three, each with its name (`rule`) and `action`, those of other actions first.

    In the tiers of administrators those are the rules that are asked before it and decide everything that it
    is about. Rules of NetworkPolicies add up, so there it is one other rule that allows all that this one
    does; of two that allow the same, the later one is found.
    """
    return _all(index).get(id(unit.resource), [])


@once
def _all(index: Index) -> Mapping[int, list[dict[str, Any]]]:
    known = reach(index)
    found: _Found = {}
    for direction in DIRECTIONS:
        for tier in _ORDERED:
            _ordered(known, direction, known.sides[direction].tiers[tier], found)
        for rules in _by_namespace(known.sides[direction].tiers["namespace"]):
            _redundant(known, direction, rules, found)
    return found


def _add(found: _Found, bound: Bound, by: Sequence[Bound]) -> None:
    entry = {
        "path": list(bound.rule.path),
        "action": bound.rule.action,
        "by": [{"rule": each.policy.named(each.rule), "action": each.rule.action} for each in by[:_EXAMPLES]],
    }
    found.setdefault(id(bound.policy.resource), []).append(entry)


def _is_judged(reach: Reach, bound: Bound) -> bool:
    """Whether the rule is in force, and about pods at hand and peers that are known."""
    everyone = reach.groups.real | reach.outside
    there = bound.subject & reach.groups.real and bound.peers & everyone
    return bool(there) and not bound.perhaps and not bound.policy.refused


def _ordered(reach: Reach, direction: Direction, rules: Sequence[Bound], found: _Found) -> None:
    """Rules that are asked one after the other; those of policies with equal priority in no order."""
    before: dict[Box, Cover] = {}
    at = 0
    while at < len(rules):
        priority = rules[at].policy.priority
        own: dict[int, list[Cover]] = {}
        while at < len(rules) and rules[at].policy.priority == priority:
            bound = rules[at]
            earlier = own.setdefault(id(bound.policy), [])
            wanted = boxes(bound, direction) if _is_judged(reach, bound) else []
            used: dict[int, Bound] = {}
            if wanted and uncovered(wanted, [*before.values(), *earlier], used) is None:
                _add(found, bound, sorted(used.values(), key=lambda b: b.rule.action == bound.rule.action))
            if not bound.policy.refused:
                earlier += covers([bound], direction)
            at += 1
        for cover in chain.from_iterable(own.values()):
            before.setdefault(cover.box, cover)


def _by_namespace(rules: Sequence[Bound]) -> Iterator[list[Bound]]:
    found: dict[str, list[Bound]] = {}
    for bound in rules:
        found.setdefault(bound.policy.namespace, []).append(bound)
    yield from found.values()


def _redundant(reach: Reach, direction: Direction, rules: Sequence[Bound], found: _Found) -> None:
    """Rules of one namespace, each of which allows something."""
    alike: dict[tuple[int, tuple[Box, ...]], Bound] = {}
    for bound in rules:
        parts = tuple(boxes(bound, direction)) if _is_judged(reach, bound) else ()
        if parts:
            first = alike.setdefault((bound.subject, parts), bound)
            if first is not bound:
                _add(found, bound, [first])
    by_subject: dict[int, list[_Rule]] = {}
    for number, ((subject, parts), bound) in enumerate(alike.items()):
        by_subject.setdefault(subject, []).append(_Rule(number, parts, bound))
    wider = _wider(by_subject)
    for subject, own in by_subject.items():
        others = [rule for more in wider[subject] for rule in by_subject[more]]
        for rule in own:
            other = next((each for each in others if _replaces(each, rule)), None)
            if other is not None:
                _add(found, rule.bound, [other.bound])


class _Rule(NamedTuple):
    number: int
    parts: tuple[Box, ...]
    bound: Bound


def _replaces(other: _Rule, rule: _Rule) -> bool:
    """Whether the other allows all that this one does, and is the earlier one if they allow the same."""
    if other is rule or not _holds(other.parts, rule.parts):
        return False
    return other.number < rule.number or not _holds(rule.parts, other.parts)


def _holds(theirs: Sequence[Box], parts: Sequence[Box]) -> bool:
    return all(any(part.within(box) for box in theirs) for part in parts)


def _wider(subjects: Mapping[int, object]) -> dict[int, list[int]]:
    """Each set of subjects → the sets that hold all of it, itself among them."""
    having: dict[int, list[int]] = {}
    for subject in subjects:
        for at in positions(subject):
            having.setdefault(at, []).append(subject)
    return {
        subject: [more for more in having[next(positions(subject))] if not subject & ~more]
        for subject in subjects
    }
