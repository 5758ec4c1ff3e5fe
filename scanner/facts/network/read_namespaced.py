"""Reads NetworkPolicies.

Source: https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scanner.collect.interface import Path, Resource
from scanner.facts.index import namespace_of
from scanner.facts.network.policies import (
    DIRECTIONS,
    Addresses,
    NamedPort,
    Peer,
    Policy,
    Rule,
    Selected,
    Unreadable,
)
from scanner.facts.network.ports import LAST_PORT, PortRange
from scanner.facts.network.reader import Reader
from scanner.facts.network.selectors import EVERYTHING
from scanner.fields import values

_TYPES = ("Ingress", "Egress")
_SELECTORS = ("podSelector", "namespaceSelector")


def read_network_policy(resource: Resource) -> Policy:
    """A NetworkPolicy, with its flaws."""
    return _Reader(resource).policy()


class _Reader(Reader):
    def policy(self) -> Policy:
        self.known(self.spec, ("spec",), "podSelector", "policyTypes", "ingress", "egress")
        isolates = self._directions()
        rules = {direction: self.rules(direction, self._rule) for direction in DIRECTIONS}
        subject = self.selector(self.spec.get("podSelector"), ("spec", "podSelector"))
        return Policy(
            resource=self.resource,
            tier="namespace",
            priority=0,
            namespace=namespace_of(self.resource),
            subjects=(EVERYTHING, subject),
            ingress=rules["ingress"] if "ingress" in isolates else None,
            egress=rules["egress"] if "egress" in isolates else None,
            flaws=tuple(self.flaws),
        )

    def _directions(self) -> set[str]:
        """In which directions it isolates; without policyTypes egress counts if it has rules."""
        given = self.listed(self.spec, ("spec", "policyTypes"), self._type)
        if not given:
            return {"ingress", "egress"} if values(self.spec, "egress") else {"ingress"}
        self.most(given, len(_TYPES), ("spec", "policyTypes"))
        isolates = {each for _, each in given}
        for direction in DIRECTIONS:
            if direction not in isolates and values(self.spec, direction):
                self.note(
                    ("spec", direction), f"policyTypes leave out {direction}: these rules have no effect"
                )
        return isolates

    def _type(self, given: Any, path: Path) -> str:
        if given not in _TYPES:
            self.refuse(path, f"policy type {given!r} is not Ingress or Egress")
        return str(given).lower()

    def _rule(self, body: Mapping[str, Any], path: Path, key: str) -> Rule:
        self.known(body, path, key, "ports")
        peers = self.listed(body, (*path, key), self._peer)
        ports = self.listed(body, (*path, "ports"), self._port)
        known = None if ports is None else tuple(port for _, port in ports if port is not None)
        return Rule(path, "allow", peers, known)

    def _peer(self, given: Any, path: Path) -> Peer:
        body = self.body(given, path)
        if body is None:
            return Unreadable()
        self.known(body, path, *_SELECTORS, "ipBlock")
        chosen = [key for key in _SELECTORS if body.get(key) is not None]
        if body.get("ipBlock") is not None:
            if chosen:
                self.refuse(path, "a peer has an ipBlock or selectors, not both")
            return self._ip_block(body["ipBlock"], (*path, "ipBlock"))
        if not chosen:
            self.refuse(path, "the peer is empty: it needs a podSelector, a namespaceSelector or an ipBlock")
            return Unreadable()
        namespaces = None
        if "namespaceSelector" in chosen:
            namespaces = self.selector(body["namespaceSelector"], (*path, "namespaceSelector"))
        return Selected(namespaces, self.selector(body.get("podSelector"), (*path, "podSelector")))

    def _ip_block(self, given: Any, path: Path) -> Peer:
        body = self.body(given, path)
        if body is None:
            return Unreadable()
        self.known(body, path, "cidr", "except")
        block = self.network(body.get("cidr"), (*path, "cidr"))
        without = []
        for at, network in self.listed(body, (*path, "except"), self.network) or ():
            if network is None or block is None:
                continue
            inside = network.version == block.version and network.subnet_of(block) and network != block  # type: ignore[arg-type]
            if inside:
                without.append(network)
            else:
                self.refuse(at, f"{network} is no part of {block}, so nothing is taken away")
        return Unreadable() if block is None else Addresses((block,), tuple(without), with_pods=False)

    def _port(self, given: Any, path: Path) -> PortRange | NamedPort | None:
        body = self.body(given, path)
        if body is None:
            return None
        self.known(body, path, "protocol", "port", "endPort")
        protocol = self.protocol(body, path)
        port, end = body.get("port"), body.get("endPort")
        if protocol is None:
            return None
        if port is None:
            if end is not None:
                self.refuse((*path, "endPort"), "endPort needs a port")
                return None
            return PortRange(protocol, 1, LAST_PORT)
        if isinstance(port, str):
            if end is not None:
                self.refuse((*path, "endPort"), "endPort needs a port that is a number")
            return NamedPort(port, protocol) if self.is_port_name(port, (*path, "port")) else None
        return self.range(protocol, port, port if end is None else end, path, ("port", "endPort"))
