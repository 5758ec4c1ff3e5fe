"""What rules are about, as boxes of subjects, peers and ports, and what one leaves of another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from scanner.facts.network.compile import Bound
from scanner.facts.network.policies import Direction
from scanner.facts.network.reach import Reach
from scanner.facts.network.selectors import positions


class Box(NamedTuple):
    """Every connection of these subjects with these peers on these ports."""

    subject: int
    peers: int
    ports: int

    def common(self, other: Box) -> Box | None:
        """What is in both; None where that is nothing."""
        subject, peers, ports = (
            self.subject & other.subject,
            self.peers & other.peers,
            self.ports & other.ports,
        )
        return Box(subject, peers, ports) if subject and peers and ports else None

    def within(self, other: Box) -> bool:
        """Whether the other holds all of it."""
        return not (self.subject & ~other.subject or self.peers & ~other.peers or self.ports & ~other.ports)


class Cover(NamedTuple):
    """Part of what a rule decides."""

    box: Box
    bound: Bound


def boxes(bound: Bound, direction: Direction) -> list[Box]:
    """What a rule is about for sure: a port by its name is one number on some destinations."""
    found = [Box(bound.subject, bound.peers, bound.ports)]
    for port, groups in bound.named:
        if direction == "ingress":
            found.append(Box(bound.subject & groups, bound.peers, port))
        else:
            found.append(Box(bound.subject, bound.peers & groups, port))
    return [box for box in found if box.subject and box.peers and box.ports]


def covers(bounds: Iterable[Bound], direction: Direction) -> list[Cover]:
    """What rules decide, in their order."""
    return [Cover(box, bound) for bound in bounds for box in boxes(bound, direction)]


def near(box: Box, deciding: Iterable[Cover]) -> list[Cover]:
    """What rules decide of a box."""
    subject, peers, ports = box
    return [
        cover
        for cover in deciding
        if ports & cover.box.ports and subject & cover.box.subject and peers & cover.box.peers
    ]


def uncovered(
    wanted: Iterable[Box], deciding: Sequence[Cover], used: dict[int, Bound] | None = None
) -> Box | None:
    """A part of boxes that no rule decides; None where all of it is decided.

    `used` gets the rules that decide some of it first. The search goes deep before it goes wide, so that
    what is open is found soon, and only what is all decided costs as many steps as it has parts.
    """
    for box in wanted:
        some = near(box, deciding)
        stack = [(box, 0)]
        while stack:
            left, at = stack.pop()
            for number in range(at, len(some)):
                cover = some[number]
                hit = left.common(cover.box)
                if hit is None:
                    continue
                if used is not None:
                    used.setdefault(id(cover.bound), cover.bound)
                stack += [(part, number + 1) for part in _rest(left, hit)]
                break
            else:
                return left
    return None


def _rest(box: Box, hit: Box) -> list[Box]:
    """A box without a part of it, as disjoint boxes."""
    found = []
    if subject := box.subject & ~hit.subject:
        found.append(Box(subject, box.peers, box.ports))
    if peers := box.peers & ~hit.peers:
        found.append(Box(hit.subject, peers, box.ports))
    if ports := box.ports & ~hit.ports:
        found.append(Box(hit.subject, hit.peers, ports))
    return found


def example(reach: Reach, direction: Direction, box: Box) -> str:
    """One connection of a box, as `shop/web[Deployment] => shop/db[StatefulSet] : TCP 5432`."""
    subject, peer = _end(reach, box.subject), _end(reach, box.peers)
    source, destination = (peer, subject) if direction == "ingress" else (subject, peer)
    return f"{source} => {destination} : {reach.ports.text(box.ports)}"


def _end(reach: Reach, bits: int) -> str:
    known = bits & reach.groups.real
    if known:
        return str(reach.groups.all[next(positions(known))].pods[0].workload)
    outside = bits >> reach.first_block
    return str(reach.blocks[next(positions(outside))]) if outside else "pods of namespaces not at hand"
