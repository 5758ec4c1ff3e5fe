"""The engine agrees with the slow evaluator on random clusters."""

from __future__ import annotations

import pytest

from tests.network.compared import differences
from tests.network.generate import Generator
from tests.network.oracle import Oracle

CLUSTERS = 300
CHUNKS = 10


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
