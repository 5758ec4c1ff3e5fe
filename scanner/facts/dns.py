"""Whether pods whose egress is limited can still look up names.

Source: https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from scanner.facts.index import SYSTEM_NAMESPACE, Index, namespace_labels, namespace_of
from scanner.facts.isolation import is_isolated, own_groups
from scanner.facts.network.cells import Cells
from scanner.facts.network.groups import Group
from scanner.facts.network.pods import Pod
from scanner.facts.network.policies import NamedPort, Policy, Rule, Selected
from scanner.facts.network.reach import Reach, reach, reach_with_pods
from scanner.facts.network.selectors import Labelled, keys_of
from scanner.facts.network.services import targets
from scanner.facts.network.workloads import pods_of
from scanner.facts.subject import Subject, once
from scanner.fields import field

_NAMESPACES = (SYSTEM_NAMESPACE, "openshift-dns")
_PORT = 53
_LABELS = ({"k8s-app": "kube-dns"}, {"k8s-app": "coredns"}, {"app.kubernetes.io/name": "coredns"})
_ON_NODES = {"k8s-app": "node-local-dns"}
_PROTOCOLS = ("UDP", "TCP")
_WORSE = ("no", "unknown", "yes")

_Server = tuple[Pod, str, int]
"""A pod that answers, with protocol and port."""


def lookups(index: Index, unit: Subject) -> dict[str, Any] | None:
    """Over workloads whose egress is isolated: whether the cluster's DNS can be reached, by protocol (`yes`,
    `no`, `unknown`), and a policy that isolates, unless it can.

    None for others, and for those that connect to nothing that has a name.
    """
    known, groups = reach(index), own_groups(index, unit)
    if not is_isolated(index, groups, "egress") or not _connects(known, groups):
        return None
    policy = _isolating(known, groups)
    if policy is None:
        return None
    answers: dict[str, Any] = {protocol: _answer(index, unit, groups, protocol) for protocol in _PROTOCOLS}
    if set(answers.values()) == {"yes"}:
        return answers
    path = ["spec", "policyTypes"] if field(policy.resource.body, "spec", "policyTypes") else ["spec"]
    at = {
        "kind": policy.resource.group_kind,
        "namespace": namespace_of(policy.resource),
        "name": policy.resource.name,
        "path": path,
    }
    return {**answers, "policy": str(policy), "at": at}


def _connects(known: Reach, groups: Iterable[Group]) -> bool:
    """Something may be connected to that is found by its name: pods, or the internet."""
    named = known.groups.pods | known.space.internet << known.first_block
    return any(peers & named for group in groups for _, peers in known.allowed(group, "egress"))


def _isolating(known: Reach, groups: Sequence[Group]) -> Policy | None:
    """The NetworkPolicy that isolates all the groups, best one that is there for nothing else."""
    bits = sum(1 << group.number for group in groups)
    found = [policy for selected, policy in known.sides["egress"].isolating if selected & bits == bits]
    return min(found, key=lambda policy: (len(policy.egress or ()), policy.resource.name), default=None)


def _answer(index: Index, unit: Subject, groups: Sequence[Group], protocol: str) -> str:
    if _answers_on_nodes(index):
        return "yes"  # what runs on the pod's own node cannot be closed to it
    servers = [server for server in _servers(index) if server[1] == protocol]
    if not servers:
        return _by_text(index, groups, protocol)
    if _reaches(reach(index), pods_of(index, unit), servers):
        return "yes"
    return "unknown" if _reaches(reach_with_pods(index), pods_of(index, unit), servers) else "no"


@once
def _answers_on_nodes(index: Index) -> bool:
    return any(_has(pod, _ON_NODES) for pod in reach(index).pods)


def _reaches(known: Reach, pods: Sequence[Pod], servers: Sequence[_Server]) -> bool:
    """Whether each pod's egress is open to one of the servers."""
    groups = {group.number: group for pod in pods for group in known.groups.of_pod[id(pod)] if not group.host}
    return all(_opens(known, known.allowed(group, "egress"), servers) for group in groups.values())


def _opens(known: Reach, cells: Cells, servers: Sequence[_Server]) -> bool:
    return any(
        ports & known.ports.bit(protocol, number) and peers >> group.number & 1
        for pod, protocol, number in servers
        for group in known.groups.of_pod[id(pod)]
        for ports, peers in cells
    )


@once
def _servers(index: Index) -> tuple[_Server, ...]:
    found = [
        (pod, target.protocol, port)
        for namespace in _NAMESPACES
        for service in index.in_namespace("Service", namespace)
        for target in targets(index, service)
        if target.port == _PORT
        for pod, port in target.pods
    ]
    if not found:
        pods = [pod for pod in reach(index).pods if pod.namespace in _NAMESPACES]
        labelled = [pod for pod in pods if any(_has(pod, labels) for labels in _LABELS)]
        found = [(pod, protocol, _PORT) for pod in labelled for protocol in _PROTOCOLS]
    return tuple(found)


def _has(pod: Pod, labels: Mapping[str, str]) -> bool:
    return labels.items() <= pod.labels.items()


def _by_text(index: Index, groups: Sequence[Group], protocol: str) -> str:
    """The same where no pod of the cluster's DNS is at hand: whether rules may be about them."""
    return min((_worded(index, group, protocol) for group in groups), key=_WORSE.index)


def _worded(index: Index, group: Group, protocol: str) -> str:
    """`yes` where a rule opens the port to pods of the system's namespaces, or everywhere; `unknown` where it
    opens it to addresses, which may be the cluster's DNS.
    """
    found = "no"
    for _, bound in reach(index).bounds(group, "egress"):
        rule = bound.rule
        if rule.action != "allow" or not _is_about(rule, protocol):
            continue
        if rule.peers is None:
            return "yes"
        for _, peer in rule.peers:
            if isinstance(peer, Selected) and any(_is_in(index, bound.policy, peer, n) for n in _NAMESPACES):
                return "yes"
            if not isinstance(peer, Selected):
                found = "unknown"
    return found


def _is_about(rule: Rule, protocol: str) -> bool:
    return rule.ports is None or any(
        isinstance(port, NamedPort) or (port.protocol == protocol and port.low <= _PORT <= port.high)
        for port in rule.ports
    )


def _is_in(index: Index, policy: Policy, peer: Selected, namespace: str) -> bool:
    """Whether a peer is in a namespace, as far as that one's labels are known."""
    if peer.namespaces is None:
        return policy.namespace == namespace
    labels = namespace_labels(index, namespace)
    return bool(Labelled([labels], keys_of([peer.namespaces])).chosen(peer.namespaces))
