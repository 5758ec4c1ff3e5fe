"""The smallest policies that keep what workloads need, and close the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from scanner.collect.interface import Location, Path, Resource
from scanner.facts.index import NAME_LABEL, Index, namespace_of
from scanner.facts.network.addresses import ANY_IPV4, ANY_IPV6, METADATA
from scanner.facts.network.pods import WorkloadName
from scanner.facts.network.policies import DIRECTIONS, NETWORK_POLICY, Direction, Policy
from scanner.facts.network.reach import Reach
from scanner.facts.network.read import policies
from scanner.network.existing import Existing, selects_all
from scanner.network.needs import Need, Needs, all_needs, dns, unseen

Mode = Literal["ingress", "both"]
SYSTEM_NAMESPACES = frozenset({"kube-system", "kube-public", "kube-node-lease"})
_DENY = "default-deny"
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
    limited: list[str] = field(default_factory=list)
    """Workloads with ports of which no client was found, and whose clients policies limit already."""


@dataclass(frozen=True, slots=True)
class _Suggested:
    """Where a suggested policy stands: nowhere yet."""

    uri: str = "suggested"

    def locate(self, _path: Path) -> Location:
        return Location(self.uri)


def suggest(
    index: Index, namespaces: Sequence[str] = (), mode: Mode = "both", workloads: Sequence[str] = ()
) -> Suggestions:
    """Policies for these namespaces; for all but the system's own when none is named.

    With `workloads` (`namespace/name`), policies for those alone, each of which closes the rest by itself.
    """
    return _Suggester(index, namespaces, mode, workloads).all()


def applied(index: Index, suggestions: Suggestions) -> Index:
    """The objects with the suggested policies beside them."""
    more = [Resource(policy.body, _Suggested()) for policy in suggestions.policies]
    return Index([*index.resources, *more], index.snapshot, index.kubernetes_minor)


class _Suggester:
    def __init__(self, index: Index, namespaces: Sequence[str], mode: Mode, workloads: Sequence[str]) -> None:
        self._index = index
        self._workloads = frozenset(workloads)
        namespaces = [*namespaces, *(name.partition("/")[0] for name in workloads)]
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
            if not self._workloads:
                found.append(self._default(namespace))
            for needs in self._needs.values():
                if needs.workload.namespace != namespace or not self._is_wanted(needs.workload):
                    continue
                if needs.host_network:
                    left_out.append(f"{needs.workload}: no policy selects pods of the host's network")
                elif not needs.labels:
                    left_out.append(f"{needs.workload}: its pods have no labels to select them by")
                else:
                    found.append(self._policy(needs))
        existing = self._beside_existing(found)
        found = [policy for policy in found if not self._is_idle(policy)]
        limited = [
            f"{needs.workload}: {', '.join(f'{protocol} {port}' for protocol, port in needs.limited)}"
            for needs in self._needs.values()
            if needs.limited
            and needs.workload.namespace in self._namespaces
            and self._is_wanted(needs.workload)
        ]
        return Suggestions(found, left_out, existing, limited)

    def _is_wanted(self, workload: WorkloadName) -> bool:
        return not self._workloads or f"{workload.namespace}/{workload.name}" in self._workloads

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
        if services := unseen(self._index, namespace):
            policy.notes.append(f"it closes pods that are not at hand too: those of {', '.join(services)}")
        return policy

    def _policy(self, needs: Needs) -> Suggestion:
        workload = needs.workload
        name = self._name(workload.namespace, f"allow-{workload.name}")
        policy = Suggestion(workload.namespace, name, {"matchLabels": dict(needs.labels)}, self._types())
        for direction in self._directions:
            wanted = [need for need in needs.needs if need.direction == direction]
            if self._workloads and direction == "egress":
                wanted.insert(0, dns(self._index))
            policy.rules[direction] = self._rules(workload.namespace, direction, wanted)
        policy.notes = list(needs.unknown) if "egress" in self._directions else []
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

    def _beside_existing(self, found: list[Suggestion]) -> list[str]:
        """Take away what rules that may stay open anyway, and name those that open more than is needed."""
        reach = Reach(applied(self._index, Suggestions(found, [], [])))
        existing = Existing(reach, self._directions, set(self._namespaces), _is_suggested)
        more = existing.opening_more(list(self._needs.values()))
        spare = {
            (policy.namespace, policy.resource.name, direction, rule.path[2])
            for direction, policy, rule in existing.spare(more)
        }
        for policy in found:
            were = any(policy.rules.values())
            for direction, rules in policy.rules.items():
                key = (policy.namespace, policy.name, direction)
                policy.rules[direction] = [r for at, r in enumerate(rules) if (*key, at) not in spare]
            if were and not any(policy.rules.values()):
                policy.notes = []
            if policy.selector and not self._workloads:
                types = tuple(d.capitalize() for d in self._directions if policy.rules[d])
                policy.types = types or policy.types  # the rest is closed by the namespace's own
        return [bound.policy.named(bound.rule) for bound in more]

    def _is_idle(self, policy: Suggestion) -> bool:
        """It would open nothing, and close nothing that is not closed without it."""
        if any(policy.rules.values()) or (policy.notes and policy.selector):
            return False
        if policy.selector:
            return not self._workloads
        return all(self._is_denied(policy.namespace, direction) for direction in self._directions)

    def _is_denied(self, namespace: str, direction: Direction) -> bool:
        """A policy that is there already isolates every pod that the namespace has or will have."""
        return any(
            policy.namespace == namespace
            and policy.rules(direction) is not None
            and not policy.refused
            and selects_all(policy)
            for policy in policies(self._index)
        )


def _is_suggested(policy: Policy) -> bool:
    return isinstance(policy.resource.origin, _Suggested)


def _in(here: str, namespace: str, pods: Mapping[str, Any]) -> dict[str, Any]:
    if namespace == here:
        return {"podSelector": dict(pods)}
    peer: dict[str, Any] = {"namespaceSelector": {"matchLabels": {NAME_LABEL: namespace}}}
    return {**peer, "podSelector": dict(pods)} if pods else peer
