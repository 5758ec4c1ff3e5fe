"""Addresses, cut into the ranges that policies at hand, nodes, or people tell apart."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network

from scanner.facts.network.pods import Address
from scanner.facts.network.selectors import positions

Network = IPv4Network | IPv6Network

INSIDE = tuple(
    ip_network(each)
    for each in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "224.0.0.0/3",
        "::/127",
        "::ffff:0.0.0.0/96",
        "fc00::/7",
        "fe80::/10",
        "ff00::/8",
    )
)
"""Ranges that are not of the internet (IANA's registries of special-purpose addresses, RFC 6890)."""
METADATA = (ip_network("169.254.169.254/32"), ip_network("fd00:ec2::254/128"))
"""Where clouds serve the credentials of a machine to whoever asks from it."""
ANY_IPV4, ANY_IPV6 = ip_network("0.0.0.0/0"), ip_network("::/0")
_LAST = {4: 2**32 - 1, 6: 2**128 - 1}
_CLASS: dict[int, type[Address]] = {4: IPv4Address, 6: IPv6Address}


@dataclass(frozen=True, slots=True)
class Block:
    """A range of addresses outside of the cluster that no policy at hand tells apart."""

    version: int
    """4 or 6."""
    low: int
    high: int

    def __str__(self) -> str:
        first, last = _CLASS[self.version](self.low), _CLASS[self.version](self.high)
        return f"{first}-{last}[External]"

    @property
    def first(self) -> Address:
        """Its first address."""
        return _CLASS[self.version](self.low)


class AddressSpace:
    """All addresses, as blocks; a set of them is an integer with a bit for each."""

    def __init__(self, networks: Iterable[Network]) -> None:
        """Cut at the edges of these networks."""
        edges = {4: {0}, 6: {0}}
        for network in (*networks, *INSIDE, *METADATA):
            edges[network.version] |= {int(network[0]), int(network[-1]) + 1}
        self._starts = {
            version: sorted(e for e in found if e <= _LAST[version]) for version, found in edges.items()
        }
        self._base = {4: 0, 6: len(self._starts[4])}
        self.count = len(self._starts[4]) + len(self._starts[6])
        self.all = (1 << self.count) - 1

    def mask(self, network: Network) -> int:
        """The bits of a network that the space was cut at."""
        starts = self._starts[network.version]
        first = bisect_right(starts, int(network[0])) - 1
        last = bisect_right(starts, int(network[-1])) - 1
        return ((1 << (last - first + 1)) - 1) << (self._base[network.version] + first)

    def position(self, address: Address) -> int:
        """The position of the block that an address is in."""
        return self._base[address.version] + bisect_right(self._starts[address.version], int(address)) - 1

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """All blocks, in order."""
        found = []
        for version, starts in self._starts.items():
            ends = [*(start - 1 for start in starts[1:]), _LAST[version]]
            found += [Block(version, low, high) for low, high in zip(starts, ends, strict=True)]
        return tuple(found)

    def version(self, version: int) -> int:
        """The bits of all addresses of IPv4 or IPv6."""
        return self.mask(ANY_IPV4 if version == 4 else ANY_IPV6)

    @cached_property
    def internet(self) -> int:
        """The bits of all addresses of the internet."""
        found = self.all
        for network in INSIDE:
            found &= ~self.mask(network)
        return found

    def joined(self, bits: int) -> Iterator[Block]:
        """A set as ranges, those that touch joined."""
        last: Block | None = None
        for at in positions(bits):
            block = self.blocks[at]
            if last is not None and last.version == block.version and last.high + 1 == block.low:
                last = Block(last.version, last.low, block.high)
                continue
            if last is not None:
                yield last
            last = block
        if last is not None:
            yield last
