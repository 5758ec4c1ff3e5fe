"""Which selectors of NetworkPolicies match nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scanner.facts.index import SYSTEM_NAMESPACE, Index, namespace_of, selects
from scanner.facts.selection import pods_in
from scanner.facts.subject import Subject
from scanner.fields import entries, field, mapping

NETWORK_POLICY = "NetworkPolicy.networking.k8s.io"
_DIRECTIONS = {"ingress": "from", "egress": "to"}


def selects_none(index: Index, unit: Subject) -> bool:
    """Over NetworkPolicies: whether it names pods and none at hand is among them."""
    selector = mapping(unit.resource.body, "spec", "podSelector")
    return bool(selector) and not _any_pod(index, namespace_of(unit.resource), selector)


def dead_peers(index: Index, unit: Subject) -> list[list[str | int]] | None:
    """Over NetworkPolicies: the paths of peers whose selectors match no pod or namespace.

    None where there is no such peer, but one that may be in `kube-system`, whose pods are not at hand.
    """
    home = namespace_of(unit.resource)
    lives = [(path, _is_alive(index, home, peer)) for path, peer in _peers(unit.resource.body)]
    dead = [path for path, alive in lives if alive is False]
    return None if not dead and any(alive is None for _, alive in lives) else dead


def _peers(body: Any) -> Iterator[tuple[list[str | int], Mapping[str, Any]]]:
    for direction, key in _DIRECTIONS.items():
        for at, rule in entries(body, "spec", direction):
            for number, peer in entries(rule, key):
                yield ["spec", direction, at, key, number], peer


def _is_alive(index: Index, home: str, peer: Mapping[str, Any]) -> bool | None:
    if "ipBlock" in peer:
        return True
    pods = mapping(peer, "podSelector")
    if not isinstance(field(peer, "namespaceSelector"), dict):
        return not pods or _any_pod(index, home, pods)
    existing = {*index.namespaces, SYSTEM_NAMESPACE}
    chosen = [name for name in existing if _is_chosen(index, name, peer["namespaceSelector"])]
    if not pods:
        return bool(chosen)
    if any(_any_pod(index, name, pods) for name in chosen):
        return True
    return None if any(index.is_left_out(name) for name in chosen) else False


def _is_chosen(index: Index, namespace: str, selector: Any) -> bool:
    return selects(selector, namespace_labels(index, namespace))


def namespace_labels(index: Index, namespace: str) -> Mapping[str, Any]:
    """A namespace's labels, with the one that the API server adds."""
    declared = index.namespaces.get(namespace)
    labels = mapping(declared.body, "metadata", "labels") if declared else {}
    return {**labels, "kubernetes.io/metadata.name": namespace}


def _any_pod(index: Index, namespace: str, selector: Any) -> bool:
    return next(pods_in(index, namespace).matching(selector), None) is not None
