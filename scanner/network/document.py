"""Who can reach whom as the document that the map draws: equal connections of many workloads as one edge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from scanner.facts.index import namespace_of
from scanner.facts.network.addresses import ANY_IPV4, ANY_IPV6, Block
from scanner.facts.network.entries import entries
from scanner.facts.network.foreign import foreign_in
from scanner.facts.network.groups import Group
from scanner.facts.network.pods import Pod, WorkloadName
from scanner.facts.network.policies import DIRECTIONS, Direction
from scanner.facts.network.ports import PortRange, words
from scanner.facts.network.reach import Reach
from scanner.facts.network.selectors import positions
from scanner.network.map import SCHEMA

_OPEN = ("no policy isolates it",)
_MOST_REASONS = 4
_ANYWHERE: Mapping[tuple[int, int, int], str] = {
    (network.version, int(network[0]), int(network[-1])): f"Anywhere (IPv{network.version})"
    for network in (ANY_IPV4, ANY_IPV6)
}
_Reasons = tuple[str, ...]
_Key = tuple[str, _Reasons, _Reasons]
"""Ports, and why they are open at the source's and at the destination's end."""


def document(reach: Reach, title: str, sources: Sequence[str], notes: Sequence[str] = ()) -> dict[str, Any]:
    """The document of schema kubeassay.network-map/v1."""
    return _Drawer(reach).document(title, sources, notes)


class _Drawer:
    def __init__(self, reach: Reach) -> None:
        self._reach = reach
        self._pods: dict[WorkloadName, list[Pod]] = {}
        for pod in reach.pods:
            self._pods.setdefault(pod.workload, []).append(pod)
        self._workloads_in = [{str(pod.workload) for pod in group.pods} for group in reach.groups.all]
        self._outside: dict[Block, None] = {}
        self._edges: dict[_Key, dict[str, set[str]]] = {}
        self._unsure = {direction: self._all_doubts(direction) for direction in DIRECTIONS}
        self._free = {direction: self._without_rules(direction) for direction in DIRECTIONS}

    def document(self, title: str, sources: Sequence[str], notes: Sequence[str]) -> dict[str, Any]:
        for workload, pods in sorted(self._pods.items()):
            for group in self._groups(pods):
                self._leave(str(workload), group)
                self._arrive(str(workload), group)
        return {
            "schema": SCHEMA,
            "title": title,
            "generated_from": list(sources),
            "workloads": [self._workload(name, pods) for name, pods in sorted(self._pods.items())],
            "outside": [self._block(block) for block in self._outside],
            "edges": list(self._drawn()),
            "notes": list(notes),
        }

    def _doubts(self, workload: WorkloadName, direction: Direction) -> Sequence[str]:
        return self._unsure[direction].get(str(workload), ())

    def _all_doubts(self, direction: Direction) -> dict[str, list[str]]:
        """Workload → why it cannot be told what policies do to it."""
        found: dict[str, list[str]] = {}
        for name, pods in self._pods.items():
            groups = self._groups(pods)
            why = [
                policy.doubt
                for policy in self._reach.policies
                if policy.refused and policy.concerns(direction)
                if any(self._reach.touched(policy) >> group.number & 1 for group in groups)
            ]
            why += [
                each.reason
                for each in foreign_in(self._reach.index, name.namespace)
                if direction in each.opens | each.closes
                if any(each.selects(pod) for pod in pods if not pod.host_network)
            ]
            if why:
                found[str(name)] = why
        return found

    def _groups(self, pods: Iterable[Pod]) -> list[Group]:
        of_pod = self._reach.groups.of_pod
        return list({group.number: group for pod in pods for group in of_pod[id(pod)]}.values())

    def _without_rules(self, direction: Direction) -> int:
        """Groups that no policy is about, so that whatever they do has one reason."""
        found = 0
        for group in self._reach.groups.all:
            if not self._reach.isolated(group, direction) and not self._reach.bounds(group, direction):
                found |= 1 << group.number
        return found

    def _leave(self, source: str, group: Group) -> None:
        reach = self._reach
        for ports, peers in reach.destinations(group):
            others = peers & reach.groups.real
            free = others & self._free["ingress"]
            if free:
                for why, some in self._split("egress", group, ports, free):
                    self._add(source, self._named(some), ports, why, _OPEN)
            for at in positions(others & ~free):
                other = reach.groups.all[at]
                own = self._reasons("egress", group, 1 << at, ports)
                theirs = self._reasons("ingress", other, 1 << group.number, ports)
                self._add(source, self._workloads_in[at], ports, own, theirs)
            for block, bits in self._blocks(peers):
                self._add(source, {str(block)}, ports, self._reasons("egress", group, bits, ports), ())

    def _arrive(self, destination: str, group: Group) -> None:
        for ports, peers in self._reach.sources(group):
            for block, bits in self._blocks(peers):
                key = (self._words(ports), (), self._reasons("ingress", group, bits, ports))
                self._edges.setdefault(key, {}).setdefault(str(block), set()).add(destination)

    def _split(
        self, direction: Direction, group: Group, ports: int, peers: int
    ) -> Iterator[tuple[_Reasons, int]]:
        """Peers by the rules that let the group connect with them."""
        if self._free[direction] >> group.number & 1:
            yield _OPEN, peers
            return
        by_reasons: dict[_Reasons, int] = {}
        for at in positions(peers):
            why = self._reasons(direction, group, 1 << at, ports)
            by_reasons[why] = by_reasons.get(why, 0) | 1 << at
        yield from by_reasons.items()

    def _reasons(self, direction: Direction, group: Group, peers: int, ports: int) -> _Reasons:
        found = [
            bound.policy.named(bound.rule)
            for _, bound in self._reach.bounds(group, direction)
            if bound.rule.action == "allow"
            and bound.peers & peers
            and (bound.ports | sum(port for port, _ in bound.named)) & ports
        ]
        if len(found) > _MOST_REASONS:
            found[_MOST_REASONS:] = [f"and {len(found) - _MOST_REASONS} more"]
        return tuple(found) or _OPEN

    def _blocks(self, peers: int) -> Iterator[tuple[Block, int]]:
        reach = self._reach
        for block in reach.space.joined(peers >> reach.first_block):
            self._outside[block] = None
            yield block, 1 << reach.first_block + reach.space.position(block.first)

    def _named(self, groups: int) -> set[str]:
        return {name for at in positions(groups) for name in self._workloads_in[at]}

    def _words(self, ports: int) -> str:
        return self._reach.ports.text(ports)

    def _add(self, source: str, to: set[str], ports: int, own: _Reasons, theirs: _Reasons) -> None:
        self._edges.setdefault((self._words(ports), own, theirs), {}).setdefault(source, set()).update(to)

    def _drawn(self) -> Iterator[dict[str, Any]]:
        """Sources with the same destinations as one edge."""
        for (ports, own, theirs), by_source in sorted(self._edges.items()):
            alike: dict[tuple[frozenset[str], bool], list[str]] = {}
            for source, to in by_source.items():
                unsure = to if source in self._unsure["egress"] else to & self._unsure["ingress"].keys()
                for some, uncertain in ((to - unsure, False), (unsure, True)):
                    if some:
                        alike.setdefault((frozenset(some), uncertain), []).append(source)
            for (to_all, uncertain), froms in alike.items():
                yield {
                    "from": sorted(froms),
                    "to": sorted(to_all),
                    "ports": ports,
                    "because": {"egress": own, "ingress": theirs},
                    "open_by_default": {own, theirs} <= {_OPEN, ()},
                    "uncertain": uncertain,
                }

    def _workload(self, name: WorkloadName, pods: Sequence[Pod]) -> Mapping[str, Any]:
        groups = self._groups(pods)
        return {
            "id": str(name),
            "namespace": name.namespace,
            "name": name.name,
            "kind": name.kind,
            "pods": sum(pod.live for pod in pods),
            "isolated": {
                direction: all(self._reach.isolated(group, direction) for group in groups)
                for direction in DIRECTIONS
            },
            "host_network": any(pod.host_network for pod in pods),
            "uncertain": sorted({*self._doubts(name, "ingress"), *self._doubts(name, "egress")}),
            "entries": list(self._entries(name)),
        }

    def _entries(self, name: WorkloadName) -> Iterator[dict[str, str]]:
        for entry in entries(self._reach.index):
            ports = {PortRange(a.protocol, a.port, a.port) for a in entry.arrivals if a.pod.workload == name}
            if ports:
                named = f"{namespace_of(entry.resource)}/{entry.resource.name}"
                yield {"kind": str(entry.kind), "name": named, "ports": words(sorted(ports))}

    def _block(self, block: Block) -> dict[str, Any]:
        space = self._reach.space
        label = _ANYWHERE.get((block.version, block.low, block.high), str(block).removesuffix("[External]"))
        inside = any(
            space.internet >> at & 1
            for at, each in enumerate(space.blocks)
            if each.version == block.version and block.low <= each.low and each.high <= block.high
        )
        return {"id": str(block), "label": label, "public": inside}
