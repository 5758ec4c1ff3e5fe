"""The engine agrees with the slow evaluator on random clusters, and behaves as policies must."""

from __future__ import annotations

import copy
import random
from typing import Any

import pytest

from tests.network.compared import differences, reach_of
from tests.network.generate import NUMBERS, PROTOCOLS, Generator
from tests.network.oracle import Oracle

CLUSTERS = 300
CHUNKS = 10
SAMPLES = [(protocol, number) for protocol in PROTOCOLS for number in NUMBERS]


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_random_clusters_are_judged_alike(chunk: int) -> None:
    for seed in range(chunk, CLUSTERS, CHUNKS):
        assert list(differences(seed)) == [], f"seed {seed}"


def test_the_random_clusters_are_worth_asking_about() -> None:
    allowed = []
    for seed in range(CLUSTERS):
        generator = Generator(seed)
        objects = generator.cluster()
        oracle = Oracle(objects)
        allowed += [oracle.can(*question) for question in generator.questions(objects, 40)]
    shares = {answer: allowed.count(answer) / len(allowed) for answer in (True, False, None)}
    assert shares[True] > 0.2
    assert shares[False] > 0.12
    assert 0 < shares[None] < 0.05


@pytest.mark.parametrize("seed", range(30))
def test_the_order_of_objects_changes_nothing(seed: int) -> None:
    generator = Generator(seed)
    objects = generator.cluster()
    shuffled = copy.deepcopy(objects)
    random.Random(seed).shuffle(shuffled)
    assert _open(objects) == _open(shuffled)


@pytest.mark.parametrize("seed", range(30))
def test_another_rule_of_a_network_policy_closes_nothing(seed: int) -> None:
    generator = Generator(seed)
    objects = generator.cluster()
    more = copy.deepcopy(objects)
    for policy in more:
        if policy["kind"] == "NetworkPolicy":
            types = policy["spec"].get("policyTypes", ["Ingress"])
            policy["spec"].setdefault(types[0].lower(), []).append({"ports": [{"port": 80}]})
    assert _open(objects) <= _open(more)


def _open(objects: list[dict[str, Any]]) -> set[tuple[str, str, str]]:
    """All pairs of pods with what is open."""
    reach = reach_of(objects)
    found = set()
    for group in reach.groups.all:
        for ports, peers in reach.destinations(group):
            for other in reach.groups.all:
                if peers >> other.number & 1:
                    for one in group.pods:
                        for two in other.pods:
                            for each in SAMPLES:
                                if ports & reach.ports.bit(*each):
                                    found.add((one.resource.name, two.resource.name, str(each)))
    return found
