"""Reads policies of every kind from the objects of a scan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from scanner.facts.index import Index, namespace_of
from scanner.facts.network.policies import ADMIN_KINDS, NETWORK_POLICY, Flaw, Policy
from scanner.facts.network.read_admin import read_admin_policy
from scanner.facts.network.read_namespaced import read_network_policy
from scanner.facts.subject import once


@once
def every_policy(index: Index) -> Mapping[int, Policy]:
    """`id` of each object that is a policy → what it says, whether or not another replaces it."""
    found: dict[tuple[str, str, str], list[Policy]] = {}
    for kind in (NETWORK_POLICY, *ADMIN_KINDS):
        read = read_network_policy if kind == NETWORK_POLICY else read_admin_policy
        for resource in index.by_kind.get(kind, ()):
            key = (kind, namespace_of(resource), resource.name)
            found.setdefault(key, []).append(read(resource))
    return {id(policy.resource): policy for alike in found.values() for policy in _compared(alike)}


@once
def policies(index: Index) -> tuple[Policy, ...]:
    """All policies at hand; of several with one name the last, as when they are applied one after another."""
    found: dict[tuple[str, str, str], Policy] = {}
    for policy in every_policy(index).values():
        key = (policy.resource.group_kind, namespace_of(policy.resource), policy.resource.name)
        found[key] = policy
    return tuple(found.values())


def _compared(alike: Sequence[Policy]) -> Iterator[Policy]:
    """Policies of one name, with a flaw each where they say different things."""
    first = alike[0].resource.body.get("spec")
    differ = any(policy.resource.body.get("spec") != first for policy in alike)
    message = "another policy has this name; whichever is applied last is in force"
    for policy in alike:
        yield (
            replace(policy, flaws=(Flaw(("metadata", "name"), message), *policy.flaws), contested=True)
            if differ
            else policy
        )
