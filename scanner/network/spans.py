"""Ports and ranges of addresses as plain numbers, which two states can be compared by."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from ipaddress import ip_address

from scanner.facts.network.addresses import INSIDE
from scanner.facts.network.pods import Address
from scanner.facts.network.ports import PortRange

_BYTES = {4: 4, 6: 16}
Ports = tuple[PortRange, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """A range of addresses with its open ports."""

    version: int
    low: int
    high: int
    ports: Ports

    def __str__(self) -> str:
        return f"{_address(self.version, self.low)}-{_address(self.version, self.high)}"

    @property
    def is_public(self) -> bool:
        """Some of the addresses are of the internet."""
        low, high = _address(self.version, self.low), _address(self.version, self.high)
        return not any(low in network and high in network for network in INSIDE)


def both_ways(old: Ports, new: Ports) -> Iterator[tuple[bool, Ports]]:
    """Whether ports are opened, and which."""
    if old == new:
        return
    for opened, ports in ((True, less(new, old)), (False, less(old, new))):
        if ports:
            yield opened, ports


def _address(version: int, number: int) -> Address:
    return ip_address(number.to_bytes(_BYTES[version], "big"))


def less(some: Ports, others: Ports) -> Ports:
    """Ports that are in the first and not in the second, in order."""
    found: list[PortRange] = []
    for protocol, low, high in some:
        start = low
        for _, other_low, other_high in sorted(o for o in others if o.protocol == protocol):
            if other_high < start or other_low > high:
                continue
            if other_low > start:
                found.append(PortRange(protocol, start, other_low - 1))
            start = other_high + 1
        if start <= high:
            found.append(PortRange(protocol, start, high))
    return tuple(found)


def spans_less(some: Iterable[Span], others: Sequence[Span]) -> list[Span]:
    """Addresses with the ports that are open in the first and not in the second; equal neighbours joined."""
    found: list[Span] = []
    for span in some:
        edges = {span.low, span.high + 1}
        near = [o for o in others if o.version == span.version and o.low <= span.high and o.high >= span.low]
        for other in near:
            edges |= {e for e in (other.low, other.high + 1) if span.low < e <= span.high}
        cuts = sorted(edges)
        for low, end in itertools.pairwise(cuts):
            there = next((o.ports for o in near if o.low <= low <= o.high), ())
            if left := less(span.ports, there):
                found.append(Span(span.version, low, end - 1, left))
    found.sort(key=lambda s: (s.ports, s.version, s.low))
    joined: list[Span] = []
    for span in found:
        last = joined[-1] if joined else None
        if last and (last.version, last.ports, last.high + 1) == (span.version, span.ports, span.low):
            joined[-1] = Span(last.version, last.low, span.high, last.ports)
        else:
            joined.append(span)
    return joined
