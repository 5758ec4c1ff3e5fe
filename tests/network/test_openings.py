"""What rules are said to open is what is open, no more and no less."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from scanner.facts.network.openings import Openings
from scanner.facts.network.policies import DIRECTIONS
from scanner.facts.network.selectors import positions
from tests.network.compared import reach_of
from tests.network.generate import Generator


@pytest.mark.parametrize("chunk", range(4))
def test_openings_add_up_to_what_is_allowed(chunk: int) -> None:
    for seed in range(chunk, 120, 4):
        reach = reach_of(Generator(seed).cluster())
        known = Openings(reach)
        for group in reach.groups.all:
            for direction in DIRECTIONS:
                opened = [(each.ports, each.peers) for each in known.of(group, direction)]
                assert _by_port(opened) == _by_port(reach.allowed(group, direction)), f"seed {seed}"


@pytest.mark.parametrize("seed", range(30))
def test_only_rules_that_allow_open_and_only_to_their_peers(seed: int) -> None:
    reach = reach_of(Generator(seed).cluster())
    known = Openings(reach)
    for group in reach.groups.all:
        for opening in known.of(group, "ingress"):
            if opening.bound is not None:
                assert opening.bound.rule.action == "allow"
                assert opening.bound.subject >> group.number & 1
                assert not opening.peers & ~opening.bound.peers


def _by_port(cells: Iterable[tuple[int, int]]) -> dict[int, int]:
    """The peers on each port that has some."""
    found: dict[int, int] = {}
    for ports, peers in cells:
        for at in positions(ports if peers else 0):
            found[at] = found.get(at, 0) | peers
    return found
