"""Whether policies limit what connects to pods and where pods connect, whatever kind of policy it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from scanner.facts.index import Index
from scanner.facts.network.groups import Group
from scanner.facts.network.openings import openings
from scanner.facts.network.policies import DIRECTIONS, NETWORK_POLICY, Direction, Policy
from scanner.facts.network.reach import Reach, reach
from scanner.facts.network.selectors import positions
from scanner.facts.network.workloads import groups_of, pods_of
from scanner.facts.subject import Subject, namespace_in

_NAMESPACED = (
    "CiliumNetworkPolicy.cilium.io",
    "NetworkPolicy.crd.projectcalico.org",
    "NetworkPolicy.projectcalico.org",
    "NetworkPolicy.crd.antrea.io",
)
_CLUSTER_WIDE = (
    "CiliumClusterwideNetworkPolicy.cilium.io",
    "GlobalNetworkPolicy.crd.projectcalico.org",
    "GlobalNetworkPolicy.projectcalico.org",
    "ClusterNetworkPolicy.crd.antrea.io",
)


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


def refused(index: Index, unit: Subject) -> dict[str, list[str]]:
    """Over workloads: policies that select its pods and that the API server would refuse, by direction."""
    groups = own_groups(index, unit)
    return {direction: sorted(_refused(reach(index), groups, direction)) for direction in DIRECTIONS}


def namespace(index: Index, unit: Subject) -> dict[str, Any]:
    """Over namespaces and workloads: whether the namespace has a NetworkPolicy, whether all its pods are
    isolated for ingress, and the kinds of policies whose effect on it is not worked out.
    """
    name, known = namespace_in(unit), reach(index)
    groups = [known.groups.all[at] for at in positions(known.groups.in_namespace(name))]
    return {
        "policies": bool(index.in_namespace(NETWORK_POLICY, name)),
        "isolated": is_isolated(index, groups, "ingress"),
        "foreign": [
            *(kind for kind in _NAMESPACED if index.in_namespace(kind, name)),
            *(kind for kind in _CLUSTER_WIDE if index.by_kind.get(kind)),
        ],
    }


def own_groups(index: Index, unit: Subject) -> Sequence[Group]:
    """The groups of its pods, without those of the host's network."""
    return [group for group in groups_of(index, unit) if not group.host]


def is_isolated(index: Index, groups: Sequence[Group], direction: Direction) -> bool:
    """Whether there are groups, and all let through only what a rule allows."""
    known = openings(index)
    peers = known.reach.groups.pods
    if direction == "egress":
        peers = peers & ~1 | known.reach.outside
    return bool(groups) and all(
        known.reach.isolated(group, direction) or not known.by_default(group, direction) & peers
        for group in groups
    )


def _refused(known: Reach, groups: Sequence[Group], direction: Direction) -> Iterator[str]:
    bits = sum(1 << group.number for group in groups)
    for policy in known.policies:
        if policy.refused and policy.rules(direction) is not None and _touches(known, policy, groups, bits):
            yield str(policy)


def _touches(known: Reach, policy: Policy, groups: Sequence[Group], bits: int) -> bool:
    if policy.subjects is None:
        return not policy.namespace or any(group.namespace == policy.namespace for group in groups)
    return bool(known.selected(policy) & bits)
