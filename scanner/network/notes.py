"""What leaves a list of connections uncertain."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.facts.network.foreign import foreign
from scanner.facts.network.reach import Reach
from scanner.network.question import place_of


def notes(reach: Reach) -> tuple[str, ...]:
    """The policies, and rules of them, whose effect cannot be told: a sentence each."""
    return (
        *refused(reach),
        *by_domain(reach),
        *(f"what {each} opens and closes is not worked out" for each in foreign(reach.index)),
    )


def refused(reach: Reach) -> Iterator[str]:
    """The same of policies that the API server would refuse, with their places."""
    for policy in reach.refused:
        if reach.touched(policy):
            place = place_of((policy, None))
            where = f"{place.uri}:{place.line}: " if place.line else ""
            yield f"{where}{policy.doubt}; what can be read of it is taken as if it were in force"


def by_domain(reach: Reach) -> Iterator[str]:
    """The same of rules by domain names."""
    for bound in reach.sides["egress"].tiers["admin"]:
        if bound.perhaps and bound.subject:
            named = bound.policy.named(bound.rule)
            yield f"which addresses the domain names of {named} stand for is not known: they count as none"
