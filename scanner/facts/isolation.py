"""Whether policies limit what connects to pods and where pods connect, whatever kind of policy it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from scanner.collect.interface import Resource
from scanner.facts.index import Index, namespace_of
from scanner.facts.network.foreign import Foreign, foreign_in
from scanner.facts.network.groups import Group
from scanner.facts.network.openings import openings
from scanner.facts.network.policies import DIRECTIONS, NETWORK_POLICY, Direction, Policy
from scanner.facts.network.reach import reach
from scanner.facts.network.selectors import positions
from scanner.facts.network.workloads import groups_of, pods_of
from scanner.facts.plugin_support import without_effect
from scanner.facts.subject import Subject, namespace_in, once


def network(index: Index, unit: Subject) -> str:
    """Over workloads: whose network its pods have: `own`, `host` (no policy selects those) or `none` where it
    makes no pods.
    """
    found = pods_of(index, unit)
    if not found:
        return "none"
    return "host" if all(pod.host_network for pod in found) else "own"


def isolated(index: Index, unit: Subject) -> dict[str, bool]:
    """Over workloads: whether only what some rule allows is let through, by direction.

    A NetworkPolicy selects all its pods, or policies of administrators decide about all pods (for egress
    also all addresses) that NetworkPolicies leave open.
    """
    groups = own_groups(index, unit)
    return {direction: is_isolated(index, groups, direction) for direction in DIRECTIONS}


def doubts(index: Index, unit: Subject) -> dict[str, list[dict[str, Any]]]:
    """Over workloads and namespaces: why it cannot be told what policies do to the pods, by direction.

    Each with the policy that makes it so, and whether that may close what seems open, or open what seems
    closed: one of each kind, and all that the API server would refuse or nothing in the cluster enforces.
    """
    name = namespace_in(unit)
    if unit.workload is None:
        groups = groups_in(index, name)
        pods = [pod for group in groups for pod in group.pods]
    else:
        groups = own_groups(index, unit)
        pods = [pod for pod in pods_of(index, unit) if not pod.host_network]
    unlike = {frozenset(pod.labels.items()): pod for pod in pods}.values()
    found = [
        each
        for each in foreign_in(index, name)
        if not each.of_mesh and (not pods or any(map(each.selects, unlike)))
    ]
    return {
        direction: [
            *_foreign(index, groups, found, direction),
            *_refused(index, groups, direction),
            *_idle(index, groups, direction),
        ]
        for direction in DIRECTIONS
    }


def namespace(index: Index, unit: Subject) -> dict[str, Any]:
    """Over namespaces and workloads: whether the namespace has a NetworkPolicy, whether all its pods are
    isolated for ingress, and in which directions none is (`open`), with the Namespace if it is at hand.
    """
    name, known = namespace_in(unit), _namespaces(index)
    if name not in known:
        groups = groups_in(index, name)
        nowhere = [
            direction
            for direction in DIRECTIONS
            if not any(is_isolated(index, [group], direction) for group in groups)
        ]
        known[name] = {
            "policies": bool(index.in_namespace(NETWORK_POLICY, name)),
            "isolated": is_isolated(index, groups, "ingress"),
            "open": nowhere,
        }
        if index.namespaces.get(name) is not None:
            known[name]["at"] = {"kind": "Namespace", "namespace": "", "name": name}
    return known[name]


def own_groups(index: Index, unit: Subject) -> Sequence[Group]:
    """The groups of its pods, without those of the host's network."""
    return [group for group in groups_of(index, unit) if not group.host]


def groups_in(index: Index, namespace: str) -> Sequence[Group]:
    """The groups of a namespace, without those of the host's network."""
    groups = reach(index).groups
    return [groups.all[at] for at in positions(groups.in_namespace(namespace))]


def is_isolated(index: Index, groups: Sequence[Group], direction: Direction) -> bool:
    """Whether there are groups, and all let through only what a rule allows."""
    known = openings(index)
    peers = known.reach.groups.pods
    if direction == "egress":
        peers = peers & ~1 | known.reach.outside
    selected = _selected(index)[direction]
    return bool(groups) and all(
        selected >> group.number & 1
        or not (known.reach.isolated(group, direction) or known.by_default(group, direction) & peers)
        for group in groups
    )


@once
def _selected(index: Index) -> Mapping[Direction, int]:
    """The groups that NetworkPolicies select which the API server takes."""
    found: dict[Direction, int] = dict.fromkeys(DIRECTIONS, 0)
    for direction, side in reach(index).sides.items():
        for groups, policy in side.isolating:
            found[direction] |= 0 if policy.refused else groups
    return found


@once
def _namespaces(_index: Index) -> dict[str, dict[str, Any]]:
    """What was found so far of namespaces."""
    return {}


@once
def _all_refused(index: Index) -> Sequence[Policy]:
    return [policy for policy in reach(index).policies if policy.refused]


def _refused(index: Index, groups: Sequence[Group], direction: Direction) -> list[dict[str, Any]]:
    bits = sum(1 << group.number for group in groups) if _all_refused(index) else 0
    found = [
        policy
        for policy in _all_refused(index)
        if policy.concerns(direction) and reach(index).touched(policy) & bits
    ]
    return [
        _doubt(policy.resource, policy.doubt, opens=True, closes=True) for policy in sorted(found, key=str)
    ]


@once
def _all_idle(index: Index) -> Sequence[tuple[Policy, str]]:
    """The policies of administrators that change nothing in the cluster, and why."""
    found = [
        (policy, without_effect(index, policy.resource))
        for policy in reach(index).policies
        if policy.tier != "namespace"
    ]
    return [(policy, why) for policy, why in found if why and not policy.refused]


def _idle(index: Index, groups: Sequence[Group], direction: Direction) -> list[dict[str, Any]]:
    """What they deny may be open, and what they allow may be closed."""
    idle = _all_idle(index)
    bits = sum(1 << group.number for group in groups) if idle else 0
    found = []
    for policy, why in sorted(idle, key=lambda each: str(each[0])):
        actions = {rule.action for rule in policy.rules(direction) or ()}
        if actions and reach(index).touched(policy) & bits:
            reason = f"{policy} has no effect ({why})"
            opens, closes = "deny" in actions, bool(actions & {"allow", "pass"})
            found.append(_doubt(policy.resource, reason, opens=opens, closes=closes))
    return found


def _foreign(
    index: Index, groups: Sequence[Group], found: Sequence[Foreign], direction: Direction
) -> list[dict[str, Any]]:
    """The first that opens, and the first that closes."""
    by_rule = bool(groups) and all(_selected(index)[direction] >> group.number & 1 for group in groups)
    first = [next((each for each in found if each.changes(direction, False)), None)]
    first.append(next((each for each in found if each.changes(direction, True, by_rule)), None))
    return [
        _doubt(
            each.resource,
            each.reason,
            opens=each.changes(direction, False),
            closes=each.changes(direction, True, by_rule),
        )
        for each in dict.fromkeys(first)
        if each is not None
    ]


def _doubt(policy: Resource, reason: str, opens: bool, closes: bool) -> dict[str, Any]:
    at = {"kind": policy.group_kind, "namespace": namespace_of(policy), "name": policy.name}
    return {"reason": reason, "opens": opens, "closes": closes, "at": at}
