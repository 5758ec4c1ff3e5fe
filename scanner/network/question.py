"""The answer to: may these reach those on this port?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scanner.collect.interface import Location
from scanner.facts.network.foreign import foreign_to
from scanner.facts.network.pods import Address, Pod
from scanner.facts.network.policies import Policy, Rule
from scanner.facts.network.reach import Reach
from scanner.facts.network.verdict import End, Judge, Verdict

Ends = Sequence[Pod] | Address


@dataclass(frozen=True, slots=True)
class Answer:
    """What holds for some of the pods that were asked about."""

    source: End
    destination: End
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Answers:
    """All answers that differ; for pods that no policy tells apart, one of them stands for all."""

    answers: tuple[Answer, ...]

    @property
    def allowed(self) -> bool | None:
        """Some of them may; None where none surely may and it cannot be told of all."""
        found = [answer.verdict.allowed for answer in self.answers]
        return True if True in found else None if None in found else False

    @property
    def first(self) -> Answer:
        """An answer that tells why."""
        return next(answer for answer in self.answers if answer.verdict.allowed is self.allowed)

    @property
    def mixed(self) -> bool:
        """What holds for some does not for others."""
        return len({answer.verdict.allowed for answer in self.answers}) > 1


def ask(reach: Reach, source: Ends, destination: Ends, protocol: str, port: int) -> Answers:
    """Judge every pair of pods that some policy tells apart."""
    judge = Judge(reach)
    alike = 2 if _overlap(source, destination) else 1
    return Answers(
        tuple(
            Answer(one, other, judge.verdict(one, other, protocol, port))
            for one in _distinct(reach, source, alike)
            for other in _distinct(reach, destination, alike)
            if one is not other or _single(source, destination)
        )
    )


def _distinct(reach: Reach, ends: Ends, alike: int) -> Iterator[End]:
    """The pods that some policy tells apart, and so many of those that none does."""
    if not isinstance(ends, Sequence):
        yield ends
        return
    seen: dict[tuple[object, ...], int] = {}
    for pod in ends:
        groups = tuple(group.number for group in reach.groups.of_pod[id(pod)])
        others = tuple(map(id, foreign_to(reach.index, pod)))
        key = (groups, others, pod.node) if len(seen) < _NODES else (groups, others)
        seen[key] = seen.get(key, 0) + 1
        if seen[key] <= alike:
            yield pod


_NODES = 50
"""Pods are told apart by their nodes as well, as long as there are not many."""


def _overlap(source: Ends, destination: Ends) -> bool:
    """A pod is at both ends: another that is like it must stand for those that it may reach."""
    if not isinstance(source, Sequence) or not isinstance(destination, Sequence):
        return False
    return not {id(pod) for pod in source}.isdisjoint(id(pod) for pod in destination)


def _single(source: Ends, destination: Ends) -> bool:
    """Both are one pod: what it may do with itself is asked for."""
    return all(isinstance(ends, Sequence) and len(ends) == 1 for ends in (source, destination))


def place_of(decides: tuple[Policy, Rule | None]) -> Location:
    """Where a rule stands, or what selects pods of a policy that has none for it."""
    policy, rule = decides
    return policy.resource.origin.locate(rule.path if rule else ("spec", "podSelector"))
