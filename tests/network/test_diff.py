"""A difference of two random clusters is what holds in one and not in the other."""

from __future__ import annotations

import copy

import pytest

from scanner.network.connections import connections
from scanner.network.diff import compare
from tests.network.compared import reach_of
from tests.network.generate import Generator


@pytest.mark.parametrize("seed", range(40))
def test_the_way_back_closes_what_the_way_there_opens(seed: int) -> None:
    old = Generator(seed).cluster()
    new = [each for each in copy.deepcopy(old) if each["metadata"]["name"] != "np-0"]
    there, back = compare(reach_of(old), reach_of(new)), compare(reach_of(new), reach_of(old))
    opened = {(c.source, c.destination, c.ports) for c in there.changes if c.opened}
    closed = {(c.source, c.destination, c.ports) for c in back.changes if not c.opened}
    assert opened == closed


@pytest.mark.parametrize("seed", range(20))
def test_every_opened_pair_is_open_now_and_was_not(seed: int) -> None:
    old = Generator(seed).cluster()
    new = [each for each in copy.deepcopy(old) if each["kind"] != "NetworkPolicy"]
    before, after = reach_of(old), reach_of(new)
    pairs = {}
    for reach in (before, after):
        for each in connections(reach).found:
            ports = set(reach.ports.ranges(each.ports))
            pairs.setdefault((each.source, each.destination), []).append((reach is after, ports))
    for change in compare(before, after).opened:
        if change.source.namespace and change.destination.namespace:
            known = dict(pairs[change.source, change.destination])
            for ports in change.ports:
                assert any(p.protocol == ports.protocol and p.low <= ports.low <= p.high for p in known[True])
                assert not any(
                    p.protocol == ports.protocol and p.low <= ports.low <= p.high
                    for p in known.get(False, ())
                )
