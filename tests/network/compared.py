"""The engine's answers beside the oracle's."""

from __future__ import annotations

import copy
from collections.abc import Iterator

from scanner.collect.interface import Resource
from scanner.facts.index import Index
from scanner.facts.network.groups import Group
from scanner.facts.network.pods import Address, Pod, parse_address
from scanner.facts.network.reach import Reach
from scanner.facts.network.verdict import Judge
from tests.facts.objects import Nowhere
from tests.network.generate import NUMBERS, PROTOCOLS, Generator, Object, Question
from tests.network.oracle import Oracle

Difference = tuple[Question, str, bool | None, bool | None]
"""The question, how it was put to the engine, the engine's answer and the oracle's."""

SAMPLES = [(protocol, number) for protocol in PROTOCOLS for number in NUMBERS]
"""Ports that tell most rules apart."""


def reach_of(objects: list[Object], ipblock_pods: bool = False) -> Reach:
    """The engine's view of objects."""
    resources = [Resource(copy.deepcopy(each), Nowhere()) for each in objects]
    return Reach(Index(resources, snapshot=True), ipblock_pods)


def differences(seed: int, count: int = 100) -> Iterator[Difference]:
    """All questions about one random cluster that are answered differently."""
    generator = Generator(seed)
    objects = generator.cluster()
    yield from compare(objects, list(generator.questions(objects, count)), ipblock_pods=seed % 3 == 0)


def judged(
    objects: list[Object], questions: list[Question], ipblock_pods: bool = False
) -> Iterator[bool | None]:
    """The engine's answers."""
    reach = reach_of(objects, ipblock_pods)
    judge = Judge(reach)
    for source, destination, protocol, port in questions:
        yield judge.verdict(end_of(reach, source), end_of(reach, destination), protocol, port).allowed


def end_of(reach: Reach, name: str) -> Pod | Address:
    """The pod called `namespace/name`, or the address."""
    pods = {f"{pod.namespace}/{pod.resource.name}": pod for pod in reach.pods}
    found = pods.get(name) or parse_address(name)
    assert found is not None, name
    return found


def compare(
    objects: list[Object], questions: list[Question], ipblock_pods: bool = False
) -> Iterator[Difference]:
    """The questions that engine and oracle answer differently."""
    oracle, reach = Oracle(objects, ipblock_pods), reach_of(objects, ipblock_pods)
    judge = Judge(reach)
    by_address = {str(a): p for p in reach.pods if not p.host_network for a in p.addresses}
    for question in questions:
        source, destination, protocol, port = question
        wanted = oracle.can(source, destination, protocol, port)
        ends = [end_of(reach, name) for name in (source, destination)]
        verdict = judge.verdict(ends[0], ends[1], protocol, port)
        if verdict.allowed is not wanted:
            yield question, "single", verdict.allowed, wanted
        if wanted is None or not verdict.steps:
            continue  # the order of equal priorities, and what no policy has a say in, are not in the rows
        one, other = (by_address.get(str(end), end) for end in ends)
        if any(end is not start for end, start in zip((one, other), ends, strict=True)):
            continue  # asked by the address of a pod with two: the rows are of pods
        bit = reach.ports.bit(protocol, port)
        for way, found in _rows(reach, one, other, bit):
            if found is not wanted:
                yield question, way, found, wanted


def _rows(reach: Reach, one: Pod | Address, other: Pod | Address, port: int) -> Iterator[tuple[str, bool]]:
    """What the rows of a pod's groups say."""
    if isinstance(one, Pod):
        targets = _bits(reach, other)
        yield "destinations", any(_is_open(reach.destinations(g), port, targets) for g in _groups(reach, one))
    if isinstance(other, Pod):
        targets = _bits(reach, one)
        yield "sources", any(_is_open(reach.sources(g), port, targets) for g in _groups(reach, other))


def _groups(reach: Reach, pod: Pod) -> list[Group]:
    return reach.groups.of_pod[id(pod)]


def _bits(reach: Reach, end: Pod | Address) -> int:
    if isinstance(end, Pod):
        return sum(1 << group.number for group in _groups(reach, end))
    return 1 << reach.first_block + reach.space.position(end)


def _is_open(cells: tuple[tuple[int, int], ...], port: int, peers: int) -> bool:
    return any(ports & port and some & peers for ports, some in cells)


def open_between(objects: list[Object]) -> set[tuple[str, str, str]]:
    """All pairs of pods, by their names, with what is open from the first to the second."""
    reach = reach_of(objects)
    found = set()
    for group in reach.groups.all:
        for ports, peers in reach.destinations(group):
            told = [f"{protocol} {n}" for protocol, n in SAMPLES if ports & reach.ports.bit(protocol, n)]
            for other in reach.groups.all:
                if peers >> other.number & 1:
                    found |= {
                        (one.resource.name, two.resource.name, port)
                        for one in group.pods
                        for two in other.pods
                        for port in told
                    }
    return found
