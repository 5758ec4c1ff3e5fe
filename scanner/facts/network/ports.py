"""Ports, cut into the ranges that the policies at hand tell apart; a set of them has a bit for each."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

PROTOCOLS = ("SCTP", "TCP", "UDP")
LAST_PORT = 65_535
EVERYTHING = "All Connections"


class PortRange(NamedTuple):
    """Ports from `low` to `high`, both included."""

    protocol: str
    low: int
    high: int

    def __str__(self) -> str:
        return f"{self.protocol} {self.span}"

    @property
    def span(self) -> str:
        """The numbers alone."""
        return str(self.low) if self.low == self.high else f"{self.low}-{self.high}"


class PortSpace:
    """All ports of all protocols."""

    def __init__(self, ranges: Iterable[PortRange]) -> None:
        """Cut at the edges of these ranges."""
        edges = {protocol: {1} for protocol in PROTOCOLS}
        for protocol, low, high in ranges:
            edges[protocol] |= {low, high + 1}
        self._starts = {protocol: sorted(found - {LAST_PORT + 1}) for protocol, found in edges.items()}
        self._base: dict[str, int] = {}
        count = 0
        for protocol in PROTOCOLS:
            self._base[protocol] = count
            count += len(self._starts[protocol])
        self.all = (1 << count) - 1

    def mask(self, ports: PortRange) -> int:
        """The bits of a range whose edges are among those that the space was cut at."""
        starts = self._starts[ports.protocol]
        first, last = bisect_right(starts, ports.low) - 1, bisect_right(starts, ports.high) - 1
        return ((1 << (last - first + 1)) - 1) << (self._base[ports.protocol] + first)

    def bit(self, protocol: str, port: int) -> int:
        """The bit that a single port is in."""
        return 1 << (self._base[protocol] + bisect_right(self._starts[protocol], port) - 1)

    def ranges(self, mask: int) -> Iterator[PortRange]:
        """A set as ranges, those that touch joined, in order of protocol and number."""
        for protocol in PROTOCOLS:
            starts = self._starts[protocol]
            bits = mask >> self._base[protocol] & (1 << len(starts)) - 1
            digits = f"0{bits:b}"[::-1]  # the lowest first, and a 0 that ends the last range
            first = digits.find("1")
            while first >= 0:
                end = digits.find("0", first)
                high = starts[end] - 1 if end < len(starts) else LAST_PORT
                yield PortRange(protocol, starts[first], high)
                first = digits.find("1", end)

    def text(self, mask: int) -> str:
        """A set in words, as `TCP 80,8000-8080,UDP 53`."""
        return EVERYTHING if mask == self.all else words(self.ranges(mask))


def words(ranges: Iterable[PortRange]) -> str:
    """Ranges in words, as `TCP 80,8000-8080,UDP 53`."""
    parts: dict[str, list[str]] = {}
    for found in ranges:
        parts.setdefault(found.protocol, []).append(found.span)
    if all(parts.get(protocol) == [f"1-{LAST_PORT}"] for protocol in PROTOCOLS):
        return EVERYTHING
    return ",".join(f"{protocol} {','.join(spans)}" for protocol, spans in parts.items())
