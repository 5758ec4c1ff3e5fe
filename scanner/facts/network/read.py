"""Reads policies of every kind from the objects of a scan."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from ipaddress import ip_address, ip_network
from typing import Any

from scanner.collect.interface import Path, Resource
from scanner.facts.index import Index, namespace_of
from scanner.facts.network.addresses import Network
from scanner.facts.network.policies import (
    ADMIN_KINDS,
    ADMIN_NETWORK_POLICY,
    BASELINE_ADMIN_NETWORK_POLICY,
    CLUSTER_NETWORK_POLICY,
    DIRECTIONS,
    NETWORK_POLICY,
    Action,
    Addresses,
    Direction,
    DomainNames,
    Flaw,
    NamedPort,
    Nodes,
    Peer,
    Policy,
    Rule,
    Selected,
    Tier,
    Unreadable,
)
from scanner.facts.network.ports import LAST_PORT, PROTOCOLS, PortRange
from scanner.facts.network.selectors import Selector, read_selector
from scanner.facts.subject import once
from scanner.fields import as_integer, field, mapping, values

_PEERS: Mapping[Direction, str] = {"ingress": "from", "egress": "to"}
_LAST_PRIORITY = 1000
_PORT_NAME_LENGTH = 15
_EVERYTHING: Selector = frozenset()


@once
def every_policy(index: Index) -> Mapping[int, Policy]:
    """`id` of each object that is a policy → what it says, whether or not another replaces it."""
    found: dict[tuple[str, str, str], list[Policy]] = {}
    for kind in (NETWORK_POLICY, *ADMIN_KINDS):
        for resource in index.by_kind.get(kind, ()):
            key = (kind, namespace_of(resource), resource.name)
            found.setdefault(key, []).append(_Reader(resource).policy())
    return {id(policy.resource): policy for alike in found.values() for policy in _compared(alike)}


@once
def policies(index: Index) -> tuple[Policy, ...]:
    """All policies at hand; of several with one name the last, as when they are applied one after another."""
    found: dict[tuple[str, str, str], Policy] = {}
    for policy in every_policy(index).values():
        key = (policy.resource.group_kind, namespace_of(policy.resource), policy.resource.name)
        found[key] = policy
    return tuple(found.values())


def _compared(alike: Sequence[Policy]) -> Iterator[Policy]:
    """Policies of one name, with a flaw each where they say different things."""
    first = alike[0].resource.body.get("spec")
    differ = any(policy.resource.body.get("spec") != first for policy in alike)
    message = "another policy has this name; whichever is applied last is in force"
    for policy in alike:
        yield (
            replace(policy, flaws=(*policy.flaws, Flaw(("metadata", "name"), message))) if differ else policy
        )


class _Reader:
    """Reads one policy."""

    def __init__(self, resource: Resource) -> None:
        self._resource = resource
        self._spec = mapping(resource.body, "spec")
        self._flaws: list[Flaw] = []

    def policy(self) -> Policy:
        if self._resource.group_kind == NETWORK_POLICY:
            return self._network_policy()
        return self._admin_policy()

    def _refuse(self, path: Path, message: str) -> None:
        self._flaws.append(Flaw(path, message))

    def _note(self, path: Path, message: str) -> None:
        self._flaws.append(Flaw(path, message, refused=False))

    def _selector(self, body: Any, path: Path) -> Selector:
        if body is not None and not isinstance(body, dict):
            self._refuse(path, "a label selector must be a mapping")
        return read_selector(mapping(body), path, self._refuse)

    # NetworkPolicy

    def _network_policy(self) -> Policy:
        self._known(self._spec, ("spec",), "podSelector", "policyTypes", "ingress", "egress")
        isolates = self._directions()
        rules = {direction: self._rules(direction, self._rule) for direction in DIRECTIONS}
        return Policy(
            resource=self._resource,
            tier="namespace",
            priority=0,
            namespace=namespace_of(self._resource),
            subjects=(_EVERYTHING, self._selector(self._spec.get("podSelector"), ("spec", "podSelector"))),
            ingress=rules["ingress"] if "ingress" in isolates else None,
            egress=rules["egress"] if "egress" in isolates else None,
            flaws=tuple(self._flaws),
        )

    def _directions(self) -> set[str]:
        """In which directions it isolates; without policyTypes egress counts if it has rules."""
        given = values(self._spec, "policyTypes")
        for at, each in enumerate(given):
            if each not in ("Ingress", "Egress"):
                self._refuse(("spec", "policyTypes", at), f"policy type {each!r} is not Ingress or Egress")
        if not given:
            return {"ingress", "egress"} if values(self._spec, "egress") else {"ingress"}
        isolates = {str(each).lower() for each in given}
        for direction in DIRECTIONS:
            if direction not in isolates and values(self._spec, direction):
                self._note(
                    ("spec", direction), f"policyTypes leave out {direction}: these rules have no effect"
                )
        return isolates

    def _rules(
        self, direction: Direction, read: Callable[[Mapping[str, Any], Path, str], Rule]
    ) -> tuple[Rule, ...]:
        found = []
        listed = self._spec.get(direction)
        if listed is not None and not isinstance(listed, list):
            self._refuse(("spec", direction), "must be a list of rules")
        for at, body in enumerate(values(self._spec, direction)):
            path = ("spec", direction, at)
            if body is not None and not isinstance(body, dict):
                self._refuse(path, "a rule must be a mapping")
                continue
            found.append(read(mapping(body), path, _PEERS[direction]))
        return tuple(found)

    def _rule(self, body: Mapping[str, Any], path: Path, key: str) -> Rule:
        self._known(body, path, key, "ports")
        peers = tuple(self._each(body, (*path, key), self._peer))
        ports = tuple(port for _, port in self._each(body, (*path, "ports"), self._port) if port)
        return Rule(
            path, "allow", peers if values(body, key) else None, ports if values(body, "ports") else None
        )

    def _each(
        self, body: Mapping[str, Any], path: Path, read: Callable[[Any, Path], Any]
    ) -> Iterator[tuple[Path, Any]]:
        listed = body.get(str(path[-1]))
        if listed is not None and not isinstance(listed, list):
            self._refuse(path, "must be a list")
        for at, entry in enumerate(listed if isinstance(listed, list) else ()):
            yield (*path, at), read(entry, (*path, at))

    def _peer(self, body: Any, path: Path) -> Peer:
        given = {key for key, value in mapping(body).items() if value is not None}
        unknown = given - {"podSelector", "namespaceSelector", "ipBlock"}
        for key in sorted(unknown):
            self._refuse((*path, key), f"a peer has no field {key!r}")
        if "ipBlock" in given:
            if given & {"podSelector", "namespaceSelector"}:
                self._refuse(path, "a peer has an ipBlock or selectors, not both")
            return self._ip_block(mapping(body, "ipBlock"), (*path, "ipBlock"))
        if not given - unknown:
            self._refuse(path, "the peer is empty: it needs a podSelector, a namespaceSelector or an ipBlock")
            return Unreadable()
        namespaces = None
        if "namespaceSelector" in given:
            namespaces = self._selector(body["namespaceSelector"], (*path, "namespaceSelector"))
        return Selected(namespaces, self._selector(body.get("podSelector"), (*path, "podSelector")))

    def _ip_block(self, body: Mapping[str, Any], path: Path) -> Peer:
        self._known(body, path, "cidr", "except")
        block = self._network(body.get("cidr"), (*path, "cidr"))
        without = []
        for at, network in self._each(body, (*path, "except"), self._network):
            if network is None or block is None:
                continue
            inside = network.version == block.version and network.subnet_of(block) and network != block
            if inside:
                without.append(network)
            else:
                self._refuse(at, f"{network} is no part of {block}, so nothing is taken away")
        return Unreadable() if block is None else Addresses((block,), tuple(without), with_pods=False)

    def _network(self, written: Any, path: Path) -> Network | None:
        try:
            if not isinstance(written, str) or "/" not in written:
                raise ValueError
            found = ip_network(written, strict=False)
        except ValueError:
            self._refuse(path, f"{written!r} is no CIDR, such as 10.0.0.0/8 or fd00::/8")
            return None
        if ip_address(written.partition("/")[0]) != found[0]:
            self._note(path, f"{written} has bits beyond its prefix: it is read as {found}")
        return found

    def _port(self, body: Any, path: Path) -> PortRange | NamedPort | None:
        body = mapping(body)
        self._known(body, path, "protocol", "port", "endPort")
        protocol = self._protocol(body, path)
        port, end = body.get("port"), body.get("endPort")
        if protocol is None:
            return None
        if port is None:
            if end is not None:
                self._refuse((*path, "endPort"), "endPort needs a port")
                return None
            return PortRange(protocol, 1, LAST_PORT)
        if isinstance(port, str):
            if end is not None:
                self._refuse((*path, "endPort"), "endPort needs a port that is a number")
            return self._name(port, (*path, "port"), protocol)
        return self._range(protocol, port, port if end is None else end, path, ("port", "endPort"))

    def _protocol(self, body: Mapping[str, Any], path: Path) -> str | None:
        protocol = body.get("protocol") or "TCP"
        if protocol in PROTOCOLS:
            return str(protocol)
        self._refuse((*path, "protocol"), f"protocol {protocol!r} is not one of {', '.join(PROTOCOLS)}")
        return None

    def _name(self, name: str, path: Path, protocol: str) -> NamedPort | None:
        plain = name.replace("-", "")
        letters = plain.isascii() and plain.isalnum() and plain.islower()
        if not letters or len(name) > _PORT_NAME_LENGTH or name.strip("-") != name or "--" in name:
            self._refuse(path, f"{name!r} is no name of a port; a number is written without quotes")
            return None
        return NamedPort(name, protocol)

    def _range(
        self, protocol: str, low: Any, high: Any, path: Path, keys: tuple[str, str]
    ) -> PortRange | None:
        first, last = as_integer(low), as_integer(high)
        for key, written, number in ((keys[0], low, first), (keys[1], high, last)):
            if number is None or not 1 <= number <= LAST_PORT:
                self._refuse((*path, key), f"port {written!r} is not a number from 1 to {LAST_PORT}")
                return None
        if first is None or last is None:
            return None
        if last < first:
            self._refuse(
                (*path, keys[1]), f"{keys[1]} {last} is below {keys[0]} {first}: no port is in between"
            )
            return None
        return PortRange(protocol, first, last)

    # AdminNetworkPolicy, BaselineAdminNetworkPolicy, ClusterNetworkPolicy

    def _admin_policy(self) -> Policy:
        kind = self._resource.group_kind
        self._known(self._spec, ("spec",), "tier", "priority", "subject", "ingress", "egress")
        rules = {direction: self._rules(direction, self._admin_rule) or None for direction in DIRECTIONS}
        return Policy(
            resource=self._resource,
            tier=self._tier(),
            priority=0 if kind == BASELINE_ADMIN_NETWORK_POLICY else self._priority(),
            namespace="",
            subjects=self._subjects(),
            ingress=rules["ingress"],
            egress=rules["egress"],
            flaws=tuple(self._flaws),
        )

    def _tier(self) -> Tier:
        match self._resource.group_kind:
            case kind if kind == ADMIN_NETWORK_POLICY:
                return "admin"
            case kind if kind == BASELINE_ADMIN_NETWORK_POLICY:
                return "baseline"
        tier = self._spec.get("tier")
        if tier not in ("Admin", "Baseline"):
            self._refuse(("spec", "tier"), f"tier {tier!r} is not Admin or Baseline")
        return "baseline" if tier == "Baseline" else "admin"

    def _priority(self) -> int:
        priority = as_integer(self._spec.get("priority"))
        if priority is None or not 0 <= priority <= _LAST_PRIORITY:
            written = self._spec.get("priority")
            self._refuse(
                ("spec", "priority"), f"priority {written!r} is not a number from 0 to {_LAST_PRIORITY}"
            )
        return priority or 0

    def _subjects(self) -> tuple[Selector, Selector] | None:
        subject, path = mapping(self._spec, "subject"), ("spec", "subject")
        self._known(subject, path, "namespaces", "pods")
        if (subject.get("namespaces") is None) == (subject.get("pods") is None):
            self._refuse(path, "the subject needs namespaces or pods, and one of them only")
            return None
        chosen = self._chosen(subject, path)
        return (chosen.namespaces or _EVERYTHING, chosen.pods)

    def _chosen(self, body: Mapping[str, Any], path: Path) -> Selected:
        if body.get("namespaces") is not None:
            return Selected(self._selector(body["namespaces"], (*path, "namespaces")), _EVERYTHING)
        pods = mapping(body, "pods")
        self._known(pods, (*path, "pods"), "namespaceSelector", "podSelector")
        return Selected(
            self._selector(pods.get("namespaceSelector"), (*path, "pods", "namespaceSelector")),
            self._selector(pods.get("podSelector"), (*path, "pods", "podSelector")),
        )

    def _admin_rule(self, body: Mapping[str, Any], path: Path, key: str) -> Rule:
        newer = self._resource.group_kind == CLUSTER_NETWORK_POLICY
        ports_key = "protocols" if newer else "ports"
        self._known(body, path, "name", "action", key, ports_key)
        peers = tuple(self._each(body, (*path, key), self._admin_peer))
        if not peers:
            self._refuse(path, f"the rule needs at least one peer in {key}")
        read = self._admin_protocol if newer else self._admin_port
        ports = [port for _, port in self._each(body, (*path, ports_key), read)]
        action = self._action(body, path, newer)
        # a part that is not known fails closed: nothing is allowed by it, and everything is denied
        unknown = any(isinstance(peer, Unreadable) for _, peer in peers) or None in ports or not peers
        if action is None or (unknown and action == "allow"):
            return Rule(path, "allow", (), None)
        if unknown:
            return Rule(path, "deny", None, None)
        return Rule(path, action, peers, tuple(ports) if ports else None)

    def _action(self, body: Mapping[str, Any], path: Path, newer: bool) -> Action | None:
        allow = "Accept" if newer else "Allow"
        actions: dict[object, Action] = {allow: "allow", "Deny": "deny"}
        if self._resource.group_kind != BASELINE_ADMIN_NETWORK_POLICY:
            actions["Pass"] = "pass"  # noqa: S105
        written = body.get("action")
        if written not in actions:
            self._refuse(
                (*path, "action"), f"action {written!r} is not one of {', '.join(map(str, actions))}"
            )
            return None
        return actions[written]

    def _admin_peer(self, body: Any, path: Path) -> Peer:
        body = mapping(body)
        known = ["namespaces", "pods"]
        if path[1] == "egress":
            known += ["nodes", "networks", "domainNames"]
        given = [key for key in known if body.get(key) is not None]
        self._known(body, path, *known)
        if len(given) != 1:
            self._refuse(path, f"a peer needs one of {', '.join(known)}: as it stands, the rule fails closed")
            return Unreadable()
        match given[0]:
            case "networks":
                found = [network for _, network in self._each(body, (*path, "networks"), self._network)]
                known_networks = [network for network in found if network is not None]
                return Addresses(tuple(known_networks), (), with_pods=True)
            case "nodes":
                return Nodes(self._selector(body["nodes"], (*path, "nodes")))
            case "domainNames":
                return DomainNames(tuple(map(str, values(body, "domainNames"))))
            case _:
                return self._chosen(body, path)

    def _admin_port(self, body: Any, path: Path) -> PortRange | NamedPort | None:
        body = mapping(body)
        self._known(body, path, "portNumber", "portRange", "namedPort")
        if isinstance(body.get("namedPort"), str):
            return NamedPort(body["namedPort"], "")
        key = "portNumber" if isinstance(body.get("portNumber"), dict) else "portRange"
        given = mapping(body, key)
        if not given:
            self._refuse(path, "a port needs one of portNumber, portRange, namedPort")
            return None
        protocol = self._protocol(given, (*path, key))
        if protocol is None:
            return None
        if key == "portNumber":
            number = given.get("port")
            return self._range(protocol, number, number, (*path, key), ("port", "port"))
        return self._range(protocol, given.get("start"), given.get("end"), (*path, key), ("start", "end"))

    def _admin_protocol(self, body: Any, path: Path) -> PortRange | NamedPort | None:
        body = mapping(body)
        self._known(body, path, "tcp", "udp", "sctp", "destinationNamedPort")
        if isinstance(body.get("destinationNamedPort"), str):
            return NamedPort(body["destinationNamedPort"], "")
        for key in ("tcp", "udp", "sctp"):
            if key not in body:
                continue
            protocol, place = key.upper(), (*path, key, "destinationPort")
            port = field(body, key, "destinationPort")
            if port is None:
                return PortRange(protocol, 1, LAST_PORT)
            if field(port, "number") is not None:
                number = field(port, "number")
                return self._range(protocol, number, number, place, ("number", "number"))
            given = mapping(port, "range")
            return self._range(
                protocol, given.get("start"), given.get("end"), (*place, "range"), ("start", "end")
            )
        self._refuse(path, "a protocol needs one of tcp, udp, sctp, destinationNamedPort")
        return None

    def _known(self, body: Mapping[str, Any], path: Path, *known: str) -> None:
        for key in body:
            if key not in known:
                self._refuse((*path, key), f"there is no field {key!r} here; known are {', '.join(known)}")
