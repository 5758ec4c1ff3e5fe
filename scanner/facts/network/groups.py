"""Pods that no policy at hand tells apart are one group; sets of groups are integers with a bit for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from scanner.facts.index import Index, namespace_labels
from scanner.facts.network.addresses import ANY_IPV4, AddressSpace, Network
from scanner.facts.network.pods import Pod
from scanner.facts.network.policies import Addresses, NamedPort, Policy, peers_of, selectors_of
from scanner.facts.network.ports import LAST_PORT, PROTOCOLS, PortRange
from scanner.facts.network.selectors import Labelled, Selector, keys_of, positions

SOMEWHERE = "?"
"""The namespace of the pod without labels that stands for a controller whose pods are not known."""

_Ports = tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """Pods that no policy at hand tells apart."""

    number: int
    """The position of its bit."""
    namespace: str
    labels: Mapping[str, str]
    """Those that selectors look at."""
    ports: _Ports
    """Name, protocol and number of those that policies name."""
    host: bool
    """The pods share their node's network."""
    node: str
    """Of pods of the host's network only; empty where it is not known."""
    block: int
    """The position of the block that its pods' address is in; -1 where it is not known or asked for."""
    version: int
    """4 or 6 where the pods' addresses of either version are groups of their own; else 0."""
    pods: list[Pod]


class Groups:
    """All groups of a scan, and sets of them."""

    def __init__(
        self,
        index: Index,
        pods: Sequence[Pod],
        policies: Sequence[Policy],
        space: AddressSpace,
        with_pods: bool,
    ) -> None:
        """`with_pods`: an `ipBlock` matches the addresses of pods as well."""
        namespaces, pod_selectors, _ = selectors_of(policies)
        blocks = [p for policy in policies for p in peers_of(policy) if isinstance(p, Addresses)]
        self._space = space
        self._by_address = any(peer.with_pods or with_pods for peer in blocks)
        self._names = {
            port.name
            for policy in policies
            for rules in (policy.ingress, policy.egress)
            for rule in rules or ()
            for port in rule.ports or ()
            if isinstance(port, NamedPort)
        }
        keys = keys_of(pod_selectors)
        self.all = self._grouped(pods, keys)
        self.of_pod: dict[int, list[Group]] = {}
        for group in self.all:
            for pod in group.pods:
                self.of_pod.setdefault(id(pod), []).append(group)
        self._labelled = Labelled((group.labels for group in self.all), keys)
        self._set_up_namespaces(index, keys_of(namespaces))
        self._set_up_ports()

    def _grouped(self, pods: Sequence[Pod], keys: frozenset[str]) -> tuple[Group, ...]:
        found: dict[tuple[object, ...], Group] = {}
        nowhere = Group(0, SOMEWHERE, {}, (), False, "", -1, 0, [])
        found[()] = nowhere
        for pod in pods:
            labels = {key: pod.labels[key] for key in pod.labels.keys() & keys}
            ports = () if pod.host_network else self._named_ports(pod)
            node = pod.node if pod.host_network else ""
            for block, version in self._places(pod):
                key = (
                    pod.namespace,
                    frozenset(labels.items()),
                    ports,
                    pod.host_network,
                    node,
                    block,
                    version,
                )
                group = found.get(key)
                if group is None:
                    number = len(found)
                    group = Group(
                        number, pod.namespace, labels, ports, pod.host_network, node, block, version, []
                    )
                    found[key] = group
                group.pods.append(pod)
        return tuple(found.values())

    def _named_ports(self, pod: Pod) -> _Ports:
        """Those that policies name; as the node, a pod has none."""
        return tuple(
            sorted(p for p in pod.ports if p.name in self._names and _is_valid(p.protocol, p.number))
        )

    def _places(self, pod: Pod) -> Iterable[tuple[int, int]]:
        """Where a pod's addresses are, each as a group of its own if there are two kinds."""
        if not pod.addresses or not (self._by_address or pod.host_network):
            return ((-1, 0),)
        first = {address.version: address for address in reversed(pod.addresses)}
        both = len(first) > 1
        return [(self._space.position(a), version if both else 0) for version, a in first.items()]

    def _set_up_namespaces(self, index: Index, keys: frozenset[str]) -> None:
        self._in: dict[str, int] = {}
        self.hosts = 0
        self._versions = {4: 0, 6: 0}
        self._at: dict[int, int] = {}
        for group in self.all:
            bit = 1 << group.number
            if group.host:
                self.hosts |= bit
            else:
                self._in[group.namespace] = self._in.get(group.namespace, 0) | bit
            self._at[group.block] = self._at.get(group.block, 0) | bit
            if group.version:
                self._versions[group.version] |= bit
        self.everything = (1 << len(self.all)) - 1
        self.real = self.everything & ~1
        """All but the group that stands for an unknown controller."""
        self.pods = self.everything & ~self.hosts
        """Those that policies can select."""
        self._names_in_order = list(self._in)
        self._namespaces = Labelled((namespace_labels(index, name) for name in self._names_in_order), keys)
        self._chosen: dict[Selector, int] = {}

    def _set_up_ports(self) -> None:
        self._named: dict[tuple[str, str], dict[int, int]] = {}
        for group in self.all:
            for name, protocol, number in group.ports:
                by_number = self._named.setdefault((name, protocol), {})
                by_number[number] = by_number.get(number, 0) | 1 << group.number

    def in_namespace(self, namespace: str) -> int:
        """The groups of a namespace, without those of the host's network."""
        return self._in.get(namespace, 0)

    def in_namespaces(self, selector: Selector) -> int:
        """The groups of the namespaces that a selector chooses."""
        found = self._chosen.get(selector)
        if found is None:
            found = 0
            chosen = self._namespaces.chosen(selector)
            if chosen == self._namespaces.all:
                found = self.pods
            else:
                for at in positions(chosen):
                    found |= self._in[self._names_in_order[at]]
            self._chosen[selector] = found
        return found

    def chosen(self, namespaces: int, selector: Selector) -> int:
        """Of the groups of namespaces, those that a selector of pods chooses."""
        return namespaces & self._labelled.chosen(selector)

    def with_version(self, version: int) -> int:
        """The groups that addresses of IPv4 or IPv6 can speak with."""
        other = self._versions[10 - version]
        return self.everything & ~other

    def at(self, networks: Iterable[Network], pods: bool) -> int:
        """The groups whose address is in networks: those of the host's network, and pods if asked for.

        An address that is not known is in 0.0.0.0/0 only.
        """
        found, blocks = 0, 0
        for network in networks:
            blocks |= self._space.mask(network)
            if network == ANY_IPV4:
                found |= self._at.get(-1, 0)
        for block in positions(blocks):
            found |= self._at.get(block, 0)
        return found if pods else found & self.hosts

    def named(self, port: NamedPort) -> list[tuple[PortRange, int]]:
        """What a port's name stands for: the number, with the groups on which it is that one."""
        protocols = (port.protocol,) if port.protocol else PROTOCOLS
        return [
            (PortRange(protocol, number, number), groups)
            for protocol in protocols
            for number, groups in self._named.get((port.name, protocol), {}).items()
        ]

    def port_ranges(self) -> Iterable[PortRange]:
        """All numbers that ports which policies name stand for."""
        return {
            PortRange(protocol, number, number)
            for (_, protocol), numbers in self._named.items()
            for number in numbers
        }


def _is_valid(protocol: str, number: int) -> bool:
    return protocol in PROTOCOLS and 1 <= number <= LAST_PORT
