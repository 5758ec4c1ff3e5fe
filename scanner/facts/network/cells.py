"""Who and on which ports: lists of disjoint pairs of a set of ports and a set of peers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Cells = tuple[tuple[int, int], ...]
"""Pairs (ports, peers); no port of a peer is in two of them."""


def take(
    cells: Sequence[tuple[int, int]], ports: int, peers: int
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Part cells into what is of these ports and peers, and the rest."""
    touched = [cell for cell in cells if cell[0] & ports and cell[1] & peers]
    rest = [cell for cell in cells if not (cell[0] & ports and cell[1] & peers)] if touched else list(cells)
    hit = []
    for some_ports, some_peers in touched:
        both, inside = some_ports & ports, some_peers & peers
        hit.append((both, inside))
        if inside != some_peers:
            rest.append((both, some_peers & ~peers))
        if both != some_ports:
            rest.append((some_ports & ~ports, some_peers))
    return hit, rest


def joined(cells: Iterable[tuple[int, int]]) -> Cells:
    """The same in fewer pairs: those with the same ports joined, then those with the same peers."""
    by_ports: dict[int, int] = {}
    for ports, peers in cells:
        by_ports[ports] = by_ports.get(ports, 0) | peers
    by_peers: dict[int, int] = {}
    for ports, peers in by_ports.items():
        by_peers[peers] = by_peers.get(peers, 0) | ports
    return tuple((ports, peers) for peers, ports in by_peers.items())


def both(some: Cells, others: Cells) -> Cells:
    """What is in each of two lists."""
    found = []
    for ports, peers in some:
        for other_ports, other_peers in others:
            if (common := ports & other_ports) and (inside := peers & other_peers):
                found.append((common, inside))
    return joined(found)


def within(cells: Cells, peers: int) -> Cells:
    """What is there for these peers."""
    return tuple((ports, inside) for ports, some in cells if (inside := some & peers))


def ports_for(cells: Cells, peers: int) -> int:
    """The ports that are there for some of the peers."""
    found = 0
    for ports, some in cells:
        if some & peers:
            found |= ports
    return found


def peers_on(cells: Cells, ports: int) -> int:
    """The peers that are there on some of the ports."""
    found = 0
    for some, peers in cells:
        if some & ports:
            found |= peers
    return found
