"""The answer to: may these reach those on this port?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scanner.collect.interface import Location
from scanner.facts.network.foreign import foreign_to
from scanner.facts.network.pods import Pod
from scanner.facts.network.policies import Policy, Rule
from scanner.facts.network.reach import Reach
from scanner.facts.network.verdict import End, Judge, Verdict
from scanner.network.ends import Destination, Ends

_NODES = 50
"""Pods are told apart by their nodes as well, as long as there are not many."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What holds for some of the pods that were asked about."""

    source: End
    destination: End
    port: int
    """Of the destination's own, where a Service was asked about."""
    verdict: Verdict
    alike: Sequence[End]
    """All destinations that it holds for."""


@dataclass(frozen=True, slots=True)
class Answers:
    """All answers that differ; for pods that no policy tells apart, one of them stands for all."""

    answers: tuple[Answer, ...]
    service: str = ""
    """The Service that was asked about, as `shop/db`."""

    @property
    def allowed(self) -> bool | None:
        """Some of them may; None where none surely may and it cannot be told of all."""
        return _any(answer.verdict.allowed for answer in self.answers)

    @property
    def telling(self) -> list[Answer]:
        """The first answer that tells why, then one of each other kind."""
        kinds = dict.fromkeys((self.allowed, *(answer.verdict.allowed for answer in self.answers)))
        return [next(a for a in self.answers if a.verdict.allowed is kind) for kind in kinds]

    @property
    def mixed(self) -> bool:
        """What holds for some does not for others."""
        return len(self.telling) > 1

    def backends(self) -> list[tuple[End, int, bool | None]]:
        """Each pod behind the Service with the port that traffic arrives at, and whether it is let in."""
        found: dict[tuple[End, int], list[bool | None]] = {}
        for answer in self.answers:
            for pod in answer.alike:
                found.setdefault((pod, answer.port), []).append(answer.verdict.allowed)
        return [(pod, port, _any(some)) for (pod, port), some in found.items()]


def _any(found: Iterable[bool | None]) -> bool | None:
    some = set(found)
    return True if True in some else None if None in some else False


def ask(reach: Reach, source: Ends, destination: Destination, protocol: str) -> Answers:
    """Judge every pair of pods that some policy tells apart; what a pod may do with itself, where that
    alone is asked for.
    """
    judge = Judge(reach)
    pairs = [
        (one, other, port)
        for one in _alike(reach, source)
        for ends, port in destination.ends
        for other in _alike(reach, ends)
    ]
    several = [pair for pair in pairs if not _is_itself(*pair[:2])] or pairs
    found = []
    for ones, others, port in several:
        one = ones[0]
        other = next((each for each in others if each is not one), one)
        if other is one:
            one = next((each for each in ones if each is not other), one)
        found.append(Answer(one, other, port, judge.verdict(one, other, protocol, port), others))
    return Answers(tuple(found), destination.service)


def _is_itself(ones: Sequence[End], others: Sequence[End]) -> bool:
    """Both are one and the same pod; a template makes several."""
    first = ones[0]
    return {*ones, *others} == {first} and isinstance(first, Pod) and first.live


def _alike(reach: Reach, ends: Ends) -> list[list[End]]:
    """Pods that no policy tells apart, together."""
    if not isinstance(ends, Sequence):
        return [[ends]]
    nodes = {pod.node for pod in ends}
    found: dict[tuple[object, ...], list[End]] = {}
    for pod in ends:
        groups = tuple(group.number for group in reach.groups.of_pod[id(pod)])
        others = tuple(map(id, foreign_to(reach.index, pod)))
        node = pod.node if len(nodes) <= _NODES else ""
        found.setdefault((groups, others, node), []).append(pod)
    return list(found.values())


def place_of(decides: tuple[Policy, Rule | None]) -> Location:
    """Where a rule stands; of a policy that has none for it what the API server would refuse, or what selects
    pods.
    """
    policy, rule = decides
    selecting = ("spec", "podSelector" if policy.tier == "namespace" else "subject")
    refused = next((flaw.path for flaw in policy.flaws if flaw.refused), selecting)
    return policy.resource.origin.locate(rule.path if rule else refused)


def shown(end: End) -> str:
    """A pod as `shop/web-1`, what a template makes as `shop/web[Deployment]`, an address as it is."""
    if not isinstance(end, Pod):
        return str(end)
    return f"{end.namespace}/{end.resource.name}" if end.live else str(end.workload)
