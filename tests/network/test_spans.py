"""Ports and ranges of addresses are subtracted exactly, however two states cut them."""

from __future__ import annotations

import pytest

from scanner.facts.network.ports import PortRange
from scanner.network.spans import Ports, Span, less, spans_less


def tcp(*ranges: tuple[int, int]) -> Ports:
    return tuple(PortRange("TCP", low, high) for low, high in ranges)


@pytest.mark.parametrize(
    ("some", "others", "left"),
    [
        (tcp((1, 10)), (), tcp((1, 10))),
        (tcp((1, 10)), tcp((1, 10)), ()),
        (tcp((1, 10)), tcp((4, 5)), tcp((1, 3), (6, 10))),
        (tcp((1, 10)), tcp((8, 20), (1, 2)), tcp((3, 7))),
        (tcp((1, 10)), (PortRange("UDP", 1, 10),), tcp((1, 10))),
    ],
)
def test_ports_less_others(some: Ports, others: Ports, left: Ports) -> None:
    assert less(some, others) == left


def test_addresses_less_others_are_joined_where_the_ports_are_equal() -> None:
    some = [Span(4, 0, 99, tcp((80, 80))), Span(4, 100, 199, tcp((80, 80)))]
    others = [Span(4, 50, 59, tcp((1, 65_535))), Span(6, 0, 199, tcp((80, 80)))]
    assert spans_less(some, others) == [Span(4, 0, 49, tcp((80, 80))), Span(4, 60, 199, tcp((80, 80)))]


def test_a_span_is_of_the_internet_unless_it_is_inside_a_private_network() -> None:
    assert not Span(4, 10 << 24, (10 << 24) + 255, ()).is_public
    assert Span(4, 0, 2**32 - 1, ()).is_public
    assert str(Span(4, 10 << 24, (10 << 24) + 255, ())) == "10.0.0.0-10.0.0.255"
