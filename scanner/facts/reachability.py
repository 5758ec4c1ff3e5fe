"""Where policies leave pods open to whole classes of peers, and which rules do it.

Answers are what holds in effect: both ends agree, and the tiers of administrators are counted in. They name
rules, ports and namespaces, never pairs of pods.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from scanner.facts.exposure import internet_ports
from scanner.facts.index import Index, namespace_of
from scanner.facts.isolation import is_isolated, own_groups
from scanner.facts.network.addresses import METADATA, AddressSpace
from scanner.facts.network.cells import Cells
from scanner.facts.network.openings import openings
from scanner.facts.network.pods import Pod
from scanner.facts.network.ports import PROTOCOLS
from scanner.facts.network.words import ports_text, rules_opening
from scanner.facts.network.workloads import pods_of
from scanner.facts.subject import Subject

_METADATA_PORT = 80
_MOST_OF_IT = 2**31
"""So many addresses of IPv4 are most of the internet's."""


def from_all_namespaces(index: Index, unit: Subject) -> list[dict[str, Any]]:
    """Over workloads: the rules that let in pods of namespaces that they do not know, with the ports.

    Empty where ingress is not isolated at all. The ports that the internet reaches are left out: everyone
    reaches them.
    """
    groups, known = own_groups(index, unit), openings(index)
    if not is_isolated(index, groups, "ingress"):
        return []
    found = known.because(groups, "ingress", 1, ~internet_ports(index, unit))
    return rules_opening(known.reach.ports, found, "ingress", _name(unit))


def to_metadata_service(index: Index, unit: Subject) -> list[dict[str, Any]]:
    """Over workloads: the rules that let its pods ask a cloud's metadata service for credentials.

    Empty where egress is not isolated at all.
    """
    groups, known = own_groups(index, unit), openings(index)
    if not is_isolated(index, groups, "egress"):
        return []
    port = known.reach.ports.bit("TCP", _METADATA_PORT)
    addresses = 0
    for network in METADATA:
        if network.version == 4 or _speaks_ipv6(pods_of(index, unit)):
            addresses |= known.reach.space.mask(network)
    found = known.because(groups, "egress", addresses << known.reach.first_block, port)
    return rules_opening(known.reach.ports, found, "egress", _name(unit))


def to_world(index: Index, unit: Subject) -> dict[str, Any] | None:
    """Over workloads: the ports on which most of the internet's addresses of IPv4 can be reached, how many of
    one protocol there are, and the rules that open them.

    None where there are none, or egress is not isolated at all.
    """
    groups, known = own_groups(index, unit), openings(index)
    if not is_isolated(index, groups, "egress"):
        return None
    space, first = known.reach.space, known.reach.first_block
    internet = space.internet & space.version(4)
    ports = 0
    for group in groups:
        cells = known.reach.destinations(group)
        for some, peers in _by_ports(cells, internet << first):
            if _addresses(space, peers >> first) >= _MOST_OF_IT:
                ports |= some
    if not ports:
        return None
    count = dict.fromkeys(PROTOCOLS, 0)
    for found in known.reach.ports.ranges(ports):
        count[found.protocol] += found.high - found.low + 1
    because = known.because(groups, "egress", internet << first, ports)
    return {
        "ports": ports_text(known.reach.ports, ports),
        "count": max(count.values()),
        "rules": rules_opening(known.reach.ports, because, "egress", _name(unit)),
    }


def _name(unit: Subject) -> str:
    return f"{namespace_of(unit.resource)}/{unit.resource.name}"


def _by_ports(cells: Cells, peers: int) -> Iterator[tuple[int, int]]:
    """Disjoint sets of ports, each with all peers of these that are there on them."""
    parts: list[tuple[int, int]] = []
    for ports, some in cells:
        inside = some & peers
        if not inside:
            continue
        rest, split = ports, []
        for known, others in parts:
            if common := known & rest:
                split.append((common, others | inside))
                rest &= ~common
            if left := known & ~ports:
                split.append((left, others))
        parts = [*split, (rest, inside)] if rest else split
    yield from parts


def _addresses(space: AddressSpace, blocks: int) -> int:
    return sum(block.high - block.low + 1 for block in space.joined(blocks))


def _speaks_ipv6(found: Sequence[Pod]) -> bool:
    """An address of the pods is one, or none is known."""
    addresses = [address for pod in found for address in pod.addresses]
    return not addresses or any(address.version == 6 for address in addresses)
