"""What is wrong with single network policies of any kind: flaws, and selectors that find nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scanner.collect.interface import Path
from scanner.facts.index import SYSTEM_NAMESPACE, Index, namespace_labels, namespace_of, selects
from scanner.facts.network.compile import Bound
from scanner.facts.network.policies import (
    DIRECTIONS,
    NETWORK_POLICY,
    Direction,
    NamedPort,
    Nodes,
    Peer,
    Policy,
    Rule,
    Selected,
)
from scanner.facts.network.reach import reach
from scanner.facts.network.read import every_policy, policies
from scanner.facts.network.selectors import positions
from scanner.facts.selection import pods_in
from scanner.facts.subject import Subject, once
from scanner.fields import entries, field, mapping, text

_ALWAYS_THERE = frozenset({"default", SYSTEM_NAMESPACE, "kube-public", "kube-node-lease"})
_EXAMPLES = 3


def flaws(index: Index, unit: Subject) -> list[dict[str, Any]]:
    """Over policies: what does not mean what its author meant: `path`, `message`, and whether the API server
    would take the policy all the same (`refused`).
    """
    policy = every_policy(index).get(id(unit.resource))
    return [
        {"path": list(flaw.path), "message": flaw.message, "refused": flaw.refused}
        for flaw in (policy.flaws if policy else ())
    ]


def selects_none(index: Index, unit: Subject) -> bool | None:
    """Over policies: whether it names pods or namespaces and no pod at hand is among them.

    None where they may be in `kube-system`, whose pods are not at hand. What the API server would refuse is
    another fact's matter, here and with peers.
    """
    policy = _in_force(index, unit)
    if policy is None or not any(policy.subjects or ()) or _is_flawed(policy, _subject_path(policy)):
        return False
    known = reach(index)
    if known.selected(policy) & known.groups.real:
        return False
    namespaces, pods = _subject(policy)
    alive = _anyone(index, policy.namespace, namespaces, pods)
    return None if alive is None else not alive


def dead_peers(index: Index, unit: Subject) -> list[list[str | int]] | None:
    """Over policies: the paths of peers whose selectors match no pod, namespace or node.

    None where there is no such peer, but one that may be in `kube-system`, whose pods are not at hand.
    """
    policy = _in_force(index, unit)
    if policy is None:
        return []
    lives = [
        (path, _is_alive(index, policy, path, peer))
        for _, rule in _rules(policy)
        for path, peer in rule.peers or ()
        if not _is_flawed(policy, path)
    ]
    dead = [list(path) for path, alive in lives if alive is False]
    return None if not dead and any(alive is None for _, alive in lives) else dead


def missing_namespace(index: Index, unit: Subject) -> bool:
    """Over policies: whether its namespace is neither declared nor holds anything else."""
    namespace = namespace_of(unit.resource)
    return (
        namespace not in ("", *_ALWAYS_THERE)
        and index.namespaces.get(namespace) is None
        and namespace not in _used(index)
    )


def unresolved_ports(index: Index, unit: Subject) -> list[list[str | int]]:
    """Over policies: the paths of named ports that no pod at hand has to which the rule may lead.

    What may lead into `kube-system`, whose pods are not at hand, is not among them.
    """
    policy = _in_force(index, unit)
    if policy is None:
        return []
    known = reach(index).groups
    found: list[list[str | int]] = []
    for direction, rule in _rules(policy):
        if not any(isinstance(port, NamedPort) for port in rule.ports or ()):
            continue
        possible = _destinations(index, policy, direction, rule) & known.real
        if possible and not _may_be_left_out(index, policy, direction, rule):
            found += [
                list(path)
                for path, port in _named_ports(policy, rule)
                if not any(groups & possible for _, groups in known.named(port))
            ]
    return found


def host_pods(index: Index, unit: Subject) -> dict[str, Any] | None:
    """Over policies: `some` workloads that its labels select and whose pods use the host's network, so that
    it has no effect on them, and how many there are (`count`); None where there is none.
    """
    policy = _in_force(index, unit)
    if policy is None or policy.subjects is None:
        return None
    if not policy.namespace and not policy.subjects[1]:
        return None  # what is about whole namespaces was not written for these pods
    namespaces, _ = _subject(policy)
    groups = reach(index).groups
    chosen = 0
    for name, hosts in _hosts(index).items():
        mine = name == policy.namespace if policy.namespace else _is_chosen(index, name, namespaces)
        if mine:
            chosen |= groups.chosen(hosts, policy.subjects[1])
    names = sorted({str(pod.workload) for at in positions(chosen) for pod in groups.all[at].pods})
    return {"count": len(names), "some": names[:_EXAMPLES]} if names else None


def _in_force(index: Index, unit: Subject) -> Policy | None:
    """The policy that an object is; None for one that another of the same name replaces."""
    return _by_object(index).get(id(unit.resource))


@once
def _by_object(index: Index) -> Mapping[int, Policy]:
    return {id(policy.resource): policy for policy in policies(index)}


@once
def _bounds(index: Index) -> Mapping[int, Bound]:
    """`id` of each rule → what it is about."""
    return {
        id(bound.rule): bound
        for side in reach(index).sides.values()
        for tier in side.tiers.values()
        for bound in tier
    }


@once
def _used(index: Index) -> frozenset[str]:
    return frozenset(namespace_of(each) for each in index.resources if each.group_kind != NETWORK_POLICY)


@once
def _hosts(index: Index) -> Mapping[str, int]:
    """Namespace → the groups of its pods that use the host's network."""
    groups = reach(index).groups
    found: dict[str, int] = {}
    for at in positions(groups.hosts):
        found[groups.all[at].namespace] = found.get(groups.all[at].namespace, 0) | 1 << at
    return found


def _is_flawed(policy: Policy, path: Path) -> bool:
    return any(flaw.refused and flaw.path[: len(path)] == path for flaw in policy.flaws)


def _subject_path(policy: Policy) -> Path:
    return ("spec", "podSelector" if policy.namespace else "subject")


def _rules(policy: Policy) -> Iterator[tuple[Direction, Rule]]:
    for direction in DIRECTIONS:
        for rule in policy.rules(direction) or ():
            yield direction, rule


def _subject(policy: Policy) -> tuple[Any, Any]:
    """Selectors of namespaces (None for the policy's own) and of pods, as the policy has them."""
    spec = mapping(policy.resource.body, "spec")
    return (None, spec.get("podSelector")) if policy.namespace else _chosen(mapping(spec, "subject"))


def _chosen(body: Mapping[str, Any]) -> tuple[Any, Any]:
    if body.get("namespaces") is not None:
        return body["namespaces"], {}
    return mapping(body, "pods", "namespaceSelector"), mapping(body, "pods", "podSelector")


def _peer(policy: Policy, path: Path) -> tuple[Any, Any]:
    body = mapping(policy.resource.body, *path)
    return (body.get("namespaceSelector"), body.get("podSelector")) if policy.namespace else _chosen(body)


def _is_alive(index: Index, policy: Policy, path: Path, peer: Peer) -> bool | None:
    if isinstance(peer, Nodes):
        nodes = index.by_kind.get("Node", ())
        selector = field(policy.resource.body, *path, "nodes")
        return not nodes or any(selects(selector, mapping(each.body, "metadata", "labels")) for each in nodes)
    if not isinstance(peer, Selected):
        return True
    known = reach(index)
    if known.peer(policy, peer) & known.groups.real:
        return True
    return _anyone(index, policy.namespace, *_peer(policy, path), or_empty=True)


def _anyone(index: Index, home: str, namespaces: Any, pods: Any, or_empty: bool = False) -> bool | None:
    """Whether selectors find a pod, or a template that makes some.

    `or_empty`: where all pods of namespaces are meant, the namespace is enough.
    """
    if namespaces is None:
        chosen = [home]
    else:
        existing = {*index.namespaces, SYSTEM_NAMESPACE}
        chosen = [name for name in existing if _is_chosen(index, name, namespaces)]
    if or_empty and not pods:
        return bool(chosen)
    selector = pods if isinstance(pods, dict) else {}
    if any(next(pods_in(index, name).matching(selector), None) is not None for name in chosen):
        return True
    return None if any(index.is_left_out(name) for name in chosen) else False


def _is_chosen(index: Index, namespace: str, selector: Any) -> bool:
    return selects(selector, namespace_labels(index, namespace))


def _destinations(index: Index, policy: Policy, direction: Direction, rule: Rule) -> int:
    known = reach(index)
    found = known.selected(policy) if direction == "ingress" else _bounds(index)[id(rule)].peers
    return found & known.groups.pods


def _may_be_left_out(index: Index, policy: Policy, direction: Direction, rule: Rule) -> bool:
    """Whether destinations may be in `kube-system` and those are not at hand."""
    if not index.is_left_out(SYSTEM_NAMESPACE):
        return False
    if direction == "ingress":
        chosen = [_subject(policy)[0]]
    else:
        chosen = [_peer(policy, path)[0] for path, peer in rule.peers or () if isinstance(peer, Selected)]
    everyone = direction == "egress" and rule.peers is None
    home = policy.namespace == SYSTEM_NAMESPACE
    return everyone or any(
        home if each is None else _is_chosen(index, SYSTEM_NAMESPACE, each) for each in chosen
    )


def _named_ports(policy: Policy, rule: Rule) -> Iterator[tuple[Path, NamedPort]]:
    """The ports of a rule that have names, and where these stand."""
    known = set(rule.ports or ())
    for section in ("ports", "protocols"):
        for at, entry in entries(policy.resource.body, *rule.path, section):
            for key in ("port", "namedPort", "destinationNamedPort"):
                protocol = (text(entry, "protocol") or "TCP") if key == "port" else ""
                port = NamedPort(text(entry, key), protocol)
                if port in known:
                    yield (*rule.path, section, at, key), port
