"""What NetworkPolicies select: who is isolated, and which selectors match nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scanner.collect.interface import Resource
from scanner.facts.index import Index, namespace_of
from scanner.facts.selection import Selectors, pod_labels
from scanner.facts.subject import Subject, namespace_in, once, workload_of
from scanner.fields import mapping, values

NETWORK_POLICY = "NetworkPolicy.networking.k8s.io"
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
    "AdminNetworkPolicy.policy.networking.k8s.io",
    "BaselineAdminNetworkPolicy.policy.networking.k8s.io",
    "ClusterNetworkPolicy.policy.networking.k8s.io",
)
_DIRECTIONS = {"ingress": "from", "egress": "to"}


def coverage(index: Index, unit: Subject) -> dict[str, Any]:
    """Over namespaces and workloads: how many NetworkPolicies the namespace has, and whose others may act."""
    namespace = namespace_in(unit)
    return {
        "policies": len(index.in_namespace(NETWORK_POLICY, namespace)),
        "others": [
            *(kind for kind in _NAMESPACED if index.in_namespace(kind, namespace)),
            *(kind for kind in _CLUSTER_WIDE if index.by_kind.get(kind)),
        ],
    }


def isolated(index: Index, unit: Subject) -> dict[str, bool]:
    """Over workloads: whether a NetworkPolicy selects its pods, by direction."""
    workload = workload_of(unit)
    labels = pod_labels(workload)
    by_direction = _selectors(index).get(namespace_of(workload.resource), {})
    return {
        direction: next(by_direction[direction].matching(labels), None) is not None
        if direction in by_direction
        else False
        for direction in _DIRECTIONS
    }


def directions(policy: Resource) -> set[str]:
    """In which directions a NetworkPolicy isolates; without policyTypes egress counts if it has rules."""
    types = {str(each).lower() for each in values(policy.body, "spec", "policyTypes")}
    if types:
        return types & set(_DIRECTIONS)
    return {"ingress", "egress"} if values(policy.body, "spec", "egress") else {"ingress"}


@once
def _selectors(index: Index) -> Mapping[str, Mapping[str, Selectors[bool]]]:
    found: dict[str, dict[str, list[tuple[Any, bool]]]] = {}
    for policy in index.by_kind.get(NETWORK_POLICY, ()):
        selector = mapping(policy.body, "spec", "podSelector")
        for direction in directions(policy):
            by_direction = found.setdefault(namespace_of(policy), {})
            by_direction.setdefault(direction, []).append((selector, True))
    return {
        namespace: {direction: Selectors(pairs) for direction, pairs in by_direction.items()}
        for namespace, by_direction in found.items()
    }


def namespace_labels(index: Index, namespace: str) -> Mapping[str, Any]:
    """A namespace's labels, with the one that the API server adds."""
    declared = index.namespaces.get(namespace)
    labels = mapping(declared.body, "metadata", "labels") if declared else {}
    return {**labels, "kubernetes.io/metadata.name": namespace}
