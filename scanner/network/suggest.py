"""The smallest policies that keep what workloads need, and close the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from scanner.collect.interface import Location, Path, Resource
from scanner.facts.index import Index, namespace_of
from scanner.facts.network.addresses import ANY_IPV4, ANY_IPV6, METADATA
from scanner.facts.network.cells import take
from scanner.facts.network.pods import WorkloadName
from scanner.facts.network.policies import DIRECTIONS, NETWORK_POLICY, Direction
from scanner.facts.network.reach import Reach
from scanner.facts.network.selectors import positions
from scanner.network.needs import Need, Needs, all_needs, dns

Mode = Literal["ingress", "both"]
SYSTEM_NAMESPACES = frozenset({"kube-system", "kube-public", "kube-node-lease"})
_DENY = "default-deny"
_NAME = "kubernetes.io/metadata.name"
_KEYS: Mapping[Direction, str] = {"ingress": "from", "egress": "to"}
_LONGEST_NAME = 253
_WITHOUT = {str(ANY_IPV4): {"except": [str(METADATA[0])]}, str(ANY_IPV6): {"except": [str(METADATA[1])]}}
"""Where everything outside is opened, the metadata services of clouds are not."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a suggested policy."""

    why: tuple[str, ...]
    body: Mapping[str, Any]


@dataclass(slots=True)
class Suggestion:
    """One NetworkPolicy to review."""

    namespace: str
    name: str
    selector: Mapping[str, Any]
    types: tuple[str, ...]
    rules: dict[Direction, list[Rule]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    """What a reviewer should know."""

    @property
    def body(self) -> dict[str, Any]:
        """The object."""
        spec: dict[str, Any] = {"podSelector": dict(self.selector), "policyTypes": list(self.types)}
        spec |= {direction: [dict(r.body) for r in rules] for direction, rules in self.rules.items() if rules}
        return {
            "apiVersion": "networking.k8s.io/v1",
            "kind": "NetworkPolicy",
            "metadata": {"name": self.name, "namespace": self.namespace},
            "spec": spec,
        }


@dataclass(slots=True)
class Suggestions:
    """All policies for a set of namespaces."""

    policies: list[Suggestion]
    left_out: list[str]
    """Workloads that get none, and why."""
    existing: list[str]
    """Rules that are there already and open more than what was found to be needed."""


@dataclass(frozen=True, slots=True)
class _Suggested:
    """Where a suggested policy stands: nowhere yet."""

    uri: str = "suggested"

    def locate(self, _path: Path) -> Location:
        return Location(self.uri)


def suggest(index: Index, namespaces: Sequence[str] = (), mode: Mode = "both") -> Suggestions:
    """Policies for these namespaces; for all but the system's own when none is named."""
    return _Suggester(index, namespaces, mode).all()


def applied(index: Index, suggestions: Suggestions) -> Index:
    """The objects with the suggested policies beside them."""
    more = [Resource(policy.body, _Suggested()) for policy in suggestions.policies]
    return Index([*index.resources, *more], index.snapshot, index.kubernetes_minor)


class _Suggester:
    def __init__(self, index: Index, namespaces: Sequence[str], mode: Mode) -> None:
        self._index = index
        self._directions: tuple[Direction, ...] = DIRECTIONS if mode == "both" else ("ingress",)
        self._needs = {needs.workload: needs for needs in all_needs(index)}
        known = {workload.namespace for workload in self._needs}
        self._namespaces = sorted(known & set(namespaces) if namespaces else known - SYSTEM_NAMESPACES)
        self._taken = {
            (namespace_of(policy), policy.name) for policy in index.by_kind.get(NETWORK_POLICY, ())
        }

    def all(self) -> Suggestions:
        found, left_out = [], []
        for namespace in self._namespaces:
            found.append(self._default(namespace))
            for needs in self._needs.values():
                if needs.workload.namespace != namespace:
                    continue
                if needs.host_network:
                    left_out.append(f"{needs.workload}: no policy selects pods of the host's network")
                elif not needs.labels:
                    left_out.append(f"{needs.workload}: its pods have no labels to select them by")
                elif policy := self._policy(needs):
                    found.append(policy)
        suggestions = Suggestions(found, left_out, [])
        suggestions.existing = list(self._opening_more(suggestions))
        return suggestions

    def _name(self, namespace: str, wanted: str) -> str:
        name, number = wanted[: _LONGEST_NAME - 4], 1
        while (namespace, name) in self._taken:
            number += 1
            name = f"{wanted[: _LONGEST_NAME - 4]}-{number}"
        self._taken.add((namespace, name))
        return name

    def _types(self) -> tuple[str, ...]:
        return tuple(direction.capitalize() for direction in self._directions)

    def _default(self, namespace: str) -> Suggestion:
        policy = Suggestion(namespace, self._name(namespace, _DENY), {}, self._types())
        if "egress" in self._directions:
            policy.rules["egress"] = self._rules(namespace, "egress", [dns(self._index)])
        return policy

    def _policy(self, needs: Needs) -> Suggestion | None:
        workload = needs.workload
        policy = Suggestion(workload.namespace, "", {"matchLabels": dict(needs.labels)}, self._types())
        for direction in self._directions:
            wanted = [need for need in needs.needs if need.direction == direction]
            policy.rules[direction] = self._rules(workload.namespace, direction, wanted)
        policy.notes = list(needs.unknown) if "egress" in self._directions else []
        if not any(policy.rules.values()) and not policy.notes:
            return None
        policy.types = tuple(d.capitalize() for d in self._directions if policy.rules[d])
        if not policy.types:
            policy.types = self._types()
        policy.name = self._name(workload.namespace, f"allow-{workload.name}")
        return policy

    def _rules(self, namespace: str, direction: Direction, needs: Sequence[Need]) -> list[Rule]:
        """One rule for each set of ports, with all peers that need them."""
        by_ports: dict[tuple[tuple[str, int], ...], list[Need]] = {}
        for need in needs:
            by_ports.setdefault(tuple(sorted(need.ports)), []).append(need)
        found = []
        for ports, alike in by_ports.items():
            body: dict[str, Any] = {}
            anyone = any(not (need.peer or need.namespace or need.blocks) for need in alike)
            if not anyone:
                peers = [peer for need in alike for peer in self._peers(namespace, need)]
                body[_KEYS[direction]] = [peer for at, peer in enumerate(peers) if peer not in peers[:at]]
            body["ports"] = [{"protocol": protocol, "port": port} for protocol, port in ports]
            found.append(Rule(tuple(dict.fromkeys(need.why for need in alike)), body))
        return found

    def _peers(self, namespace: str, need: Need) -> Iterator[dict[str, Any]]:
        if need.peer is not None:
            yield self._pods_of(namespace, need.peer)
        elif need.namespace == "*":
            yield {"namespaceSelector": {}}
        elif need.namespace:
            yield _in(namespace, need.namespace, {})
        for block in need.blocks:
            without = _WITHOUT.get(block, {}) if need.direction == "egress" else {}
            yield {"ipBlock": {"cidr": block, **without}}

    def _pods_of(self, namespace: str, workload: WorkloadName) -> dict[str, Any]:
        labels = self._needs[workload].labels
        return _in(namespace, workload.namespace, {"matchLabels": dict(labels)} if labels else {})

    def _opening_more(self, suggestions: Suggestions) -> Iterator[str]:
        """Rules of policies that are there already, which open more than the suggested ones."""
        reach = Reach(applied(self._index, suggestions))
        for direction in self._directions:
            bounds = reach.sides[direction].tiers["namespace"]
            ours = [b for b in bounds if isinstance(b.policy.resource.origin, _Suggested)]
            for bound in bounds:
                if bound.policy.namespace not in self._namespaces or bound in ours:
                    continue
                for at in positions(bound.subject):
                    left = [(bound.ports, bound.peers), *((p, bound.peers & g) for p, g in bound.named)]
                    for other in ours:
                        if other.subject >> at & 1:
                            _, left = take(left, other.ports, other.peers)
                    if any(ports and peers for ports, peers in left):
                        yield bound.policy.named(bound.rule)
                        break


def _in(here: str, namespace: str, pods: Mapping[str, Any]) -> dict[str, Any]:
    if namespace == here:
        return {"podSelector": dict(pods)}
    peer: dict[str, Any] = {"namespaceSelector": {"matchLabels": {_NAME: namespace}}}
    return {**peer, "podSelector": dict(pods)} if pods else peer
