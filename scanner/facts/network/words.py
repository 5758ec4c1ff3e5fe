"""Ports, rules and names as findings give them: short, in a fixed order, and never too many."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from scanner.facts.index import namespace_of
from scanner.facts.network.addresses import ANY_IPV4, ANY_IPV6
from scanner.facts.network.compile import Bound
from scanner.facts.network.policies import Addresses, Direction, Rule, Selected
from scanner.facts.network.ports import LAST_PORT, PortSpace

_MOST_PORTS = 8


def ports_text(space: PortSpace, ports: int) -> str:
    """A set of ports, as `all ports` or `TCP 80, 8000-8080 and UDP 53`; of many the first."""
    if ports == space.all:
        return "all ports"
    parts: dict[str, list[str]] = {}
    left_out = 0
    for at, found in enumerate(space.ranges(ports)):
        if at >= _MOST_PORTS:
            left_out += 1
            continue
        whole = found.low == 1 and found.high == LAST_PORT
        parts.setdefault(found.protocol, []).append("on all ports" if whole else found.span)
    words = [f"{protocol} {', '.join(spans)}" for protocol, spans in parts.items()]
    if left_out:
        words.append(f"{left_out} more")
    return " and ".join(words) if len(words) < 3 else f"{', '.join(words[:-1])} and {words[-1]}"


def some_names(names: Collection[str], most: int = 3) -> str:
    """Names in their order; of many the first, with how many more there are."""
    shown = sorted(names)
    more = len(shown) - most
    return ", ".join(shown[:most]) + (f" and {more} more" if more > 0 else "")


def ranges_of(space: PortSpace, ports: int) -> list[tuple[str, int, int]]:
    """Ports as protocol, first and last number each; of many the first."""
    return [(found.protocol, found.low, found.high) for found in space.ranges(ports)][:_MOST_PORTS]


def place_of(bound: Bound) -> dict[str, Any]:
    """The rule's policy and where in it the rule stands, for a fault's `at`."""
    resource = bound.policy.resource
    return {
        "kind": resource.group_kind,
        "namespace": namespace_of(resource),
        "name": resource.name,
        "path": list(bound.rule.path),
    }


def rules_opening(
    space: PortSpace, found: Mapping[Bound | None, int], direction: Direction, workload: str
) -> list[dict[str, Any]]:
    """Rules with the ports that each opens, in the order of their names.

    `rule` is empty for what no policy decides; then there is no `at`. `whole`: the rule shows by its
    text alone that it opens all ports to everyone, which rules over policies find.
    """
    listed = [
        {**opening_by(space, bound, ports, direction), "workload": workload} for bound, ports in found.items()
    ]
    return sorted(listed, key=lambda opening: str(opening["rule"]))


def opening_by(space: PortSpace, bound: Bound | None, ports: int, direction: Direction) -> dict[str, Any]:
    """One rule with the ports that it opens, as in `rules_opening`."""
    opening = {
        "rule": "",
        "ports": ports_text(space, ports),
        "ranges": ranges_of(space, ports),
        "whole": False,
    }
    if bound is not None:
        opening["rule"] = bound.policy.named(bound.rule)
        told = direction == "egress" or bound.policy.tier != "admin"
        opening["whole"] = told and opens_all(bound.rule, direction)
        opening["at"] = place_of(bound)
    return opening


def opens_all(rule: Rule, direction: Direction) -> bool:
    """Whether it opens all ports to all peers, all pods (`ingress`) or all addresses."""
    if rule.ports is not None:
        return False
    return rule.peers is None or any(
        (isinstance(peer, Addresses) and bool({ANY_IPV4, ANY_IPV6} & set(peer.networks)))
        or (direction == "ingress" and peer == Selected(frozenset(), frozenset()))
        for _, peer in rule.peers
    )
