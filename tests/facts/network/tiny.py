"""Tiny random clusters, and what each rule of their policies is about, connection by connection."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from ipaddress import ip_address, ip_network
from typing import Any

from scanner.collect.interface import Resource
from tests.facts.objects import resource

API = "policy.networking.k8s.io"
NAMESPACES = {"one": {"team": "a"}, "two": {"team": "b"}, "three": {}}
OUTSIDE = ("192.0.2.1", "198.51.100.1", "203.0.113.1", "2001:db8::1")
NETWORKS = ("192.0.2.0/24", "198.51.100.0/24", "0.0.0.0/0")
PORTS = (("TCP", 80), ("TCP", 81), ("TCP", 8080), ("UDP", 80))


@dataclass(frozen=True)
class End:
    """A pod, or an address outside."""

    name: str
    namespace: str = ""
    labels: Mapping[str, str] = field(default_factory=dict, hash=False)
    http: int = 0
    """The number of its port called http; 0 where it has none."""
    address: str = ""
    """Of a pod whose address is known."""


Connection = tuple[End, End, tuple[str, int]]
"""The subject, the peer and the port."""


@dataclass(frozen=True, eq=False)
class Rule:
    """One rule, and everything that it is about."""

    policy: Resource
    direction: str
    number: int
    body: Mapping[str, Any]
    subject: frozenset[End]
    about: frozenset[Connection]

    @property
    def path(self) -> list[str | int]:
        return ["spec", self.direction, self.number]

    @property
    def action(self) -> str:
        return {"Allow": "allow", "Deny": "deny", "Pass": "pass"}[self.body.get("action", "Allow")]

    @property
    def priority(self) -> int:
        return int(self.policy.body["spec"].get("priority", 0))


class Tiny:
    """A cluster of a few pods."""

    def __init__(self, seed: int, addresses: bool = False) -> None:
        """`addresses`: those of the pods are known, and in the networks of the policies."""
        self._random = random.Random(seed)
        self.ends = [
            End(f"p{number}", self._pick([*NAMESPACES]), self._labels(), self._pick([0, 80, 8080]))
            for number in range(4)
        ]
        if addresses:
            self.ends = [replace(end, address=self._pick([*OUTSIDE])) for end in self.ends]
        # stands for the pods of namespaces that are not at hand
        self.nowhere = End("nowhere", "?")
        self.admin = [self._admin(number) for number in range(self._random.randrange(5))]
        self.namespaced = [self._namespaced(number) for number in range(self._random.randrange(5))]

    def _pick(self, some: list[Any]) -> Any:
        return self._random.choice(some)

    def _labels(self) -> dict[str, str]:
        found: dict[str, str] = self._pick([{}, {"app": "x"}, {"app": "y"}])
        return found

    def _selector(self, key: str, some: list[str]) -> dict[str, Any]:
        value = self._pick([None, None, *some])
        return {"matchLabels": {key: value}} if value else {}

    def _pods(self) -> dict[str, Any]:
        return self._selector("app", ["x", "y"])

    def _namespaces(self) -> dict[str, Any]:
        return self._selector("team", ["a", "b"])

    def _chosen(self) -> dict[str, Any]:
        if self._pick([True, False]):
            return {"namespaces": self._namespaces()}
        return {"pods": {"namespaceSelector": self._namespaces(), "podSelector": self._pods()}}

    def _admin(self, number: int) -> Resource:
        spec: dict[str, Any] = {"priority": self._random.randrange(3), "subject": self._chosen()}
        for direction, key in (("ingress", "from"), ("egress", "to")):
            spec[direction] = [self._admin_rule(key) for _ in range(self._random.randrange(4))]
        return resource("AdminNetworkPolicy", f"{API}/v1alpha1", f"a{number}", spec=spec)

    def _admin_rule(self, key: str) -> dict[str, Any]:
        peers = [self._chosen() for _ in range(self._random.randrange(1, 3))]
        if key == "to" and self._random.random() < 0.3:
            peers = [{"networks": self._random.sample(NETWORKS, self._random.randrange(1, 3))}]
        rule = {"action": self._pick(["Allow", "Deny", "Pass"]), key: peers}
        ports: list[Any] = [
            {"portNumber": {"protocol": "TCP", "port": 80}},
            {"portRange": {"protocol": "TCP", "start": 80, "end": 81}},
        ]
        if "networks" not in peers[0]:
            ports.append({"namedPort": "http"})
        count = self._random.randrange(3)
        return {**rule, "ports": self._random.sample(ports, count)} if count else rule

    def _namespaced(self, number: int) -> Resource:
        spec: dict[str, Any] = {"podSelector": self._pods(), "policyTypes": ["Ingress", "Egress"]}
        for direction, key in (("ingress", "from"), ("egress", "to")):
            spec[direction] = [self._rule(key) for _ in range(self._random.randrange(3))]
        namespace = self._pick([*NAMESPACES])
        return resource("NetworkPolicy", "networking.k8s.io/v1", f"n{number}", namespace, spec=spec)

    def _rule(self, key: str) -> dict[str, Any]:
        rule: dict[str, Any] = {}
        choices: list[Any] = [
            {"podSelector": self._pods()},
            {"namespaceSelector": self._namespaces(), "podSelector": self._pods()},
            {"ipBlock": {"cidr": self._pick([*NETWORKS])}},
        ]
        if count := self._random.randrange(3):
            rule[key] = self._random.sample(choices, count)
        ports = [{"port": 80}, {"port": 80, "endPort": 81}, {"port": "http"}, {"protocol": "UDP"}]
        if count := self._random.randrange(3):
            rule["ports"] = self._random.sample(ports, count)
        return rule

    @property
    def resources(self) -> list[Resource]:
        """Its objects."""
        namespaces = [resource("Namespace", "v1", name, labels=labels) for name, labels in NAMESPACES.items()]
        return [*namespaces, *map(_pod, self.ends), *self.admin, *self.namespaced]

    def rules(self, policies: list[Resource]) -> Iterator[Rule]:
        """Every rule of policies, admin policies in the order in which they are asked."""
        for policy in sorted(policies, key=lambda p: (p.body["spec"].get("priority", 0), p.name)):
            subject = frozenset(self._subject(policy))
            for direction, key in (("ingress", "from"), ("egress", "to")):
                for number, body in enumerate(policy.body["spec"].get(direction, ())):
                    about = frozenset(self._about(policy, direction, body, key, subject))
                    yield Rule(policy, direction, number, body, subject, about)

    def _subject(self, policy: Resource) -> Iterator[End]:
        spec = policy.body["spec"]
        for end in (*self.ends, self.nowhere):
            if policy.kind == "NetworkPolicy":
                if end.namespace == policy.namespace and _matches(spec["podSelector"], end.labels):
                    yield end
            elif _is_chosen(spec["subject"], end):
                yield end

    def _about(
        self, policy: Resource, direction: str, body: Mapping[str, Any], key: str, subject: frozenset[End]
    ) -> Iterator[Connection]:
        peers = [*self.ends, self.nowhere, *map(End, OUTSIDE)]
        for end in peers:
            if key not in body or any(_is_peer(peer, end, policy) for peer in body[key]):
                for own in subject:
                    destination = own if direction == "ingress" else end
                    for port in PORTS:
                        if "ports" not in body or any(is_port(p, destination, port) for p in body["ports"]):
                            yield own, end, port


def _pod(end: End) -> Resource:
    ports = [{"name": "http", "containerPort": end.http}] if end.http else []
    spec = {"containers": [{"name": "c", "ports": ports}]}
    status = {"podIP": end.address}
    return resource("Pod", "v1", end.name, end.namespace, dict(end.labels), spec=spec, status=status)


def _matches(selector: Mapping[str, Any], labels: Mapping[str, str]) -> bool:
    return all(labels.get(key) == value for key, value in selector.get("matchLabels", {}).items())


def _is_chosen(chosen: Mapping[str, Any], end: End) -> bool:
    labels = NAMESPACES.get(end.namespace, {})
    if "namespaces" in chosen:
        return bool(end.namespace) and _matches(chosen["namespaces"], labels)
    pods = chosen["pods"]
    return (
        bool(end.namespace)
        and _matches(pods["namespaceSelector"], labels)
        and _matches(pods["podSelector"], end.labels)
    )


def _is_inside(network: str, end: End, with_pods: bool) -> bool:
    if end.namespace:
        return with_pods and network == "0.0.0.0/0"  # the pods' addresses are not known
    return ip_address(end.name) in ip_network(network)


def _is_peer(peer: Mapping[str, Any], end: End, policy: Resource) -> bool:
    if "ipBlock" in peer:
        return _is_inside(peer["ipBlock"]["cidr"], end, with_pods=False)
    if "networks" in peer:
        return any(_is_inside(network, end, with_pods=True) for network in peer["networks"])
    if policy.kind != "NetworkPolicy":
        return _is_chosen(peer, end)
    if "namespaceSelector" in peer:
        inside = bool(end.namespace) and _matches(
            peer["namespaceSelector"], NAMESPACES.get(end.namespace, {})
        )
    else:
        inside = end.namespace == policy.namespace
    return inside and _matches(peer.get("podSelector", {}), end.labels)


def is_port(port: Mapping[str, Any], destination: End, asked: tuple[str, int]) -> bool:
    """Whether a port of a rule is the one that is asked for."""
    protocol, number = asked
    if port.get("namedPort") == "http" or port.get("port") == "http":
        return protocol == "TCP" and bool(destination.http) and number == destination.http
    given = port.get("portNumber") or port.get("portRange") or port
    low = given.get("port", given.get("start", 1))
    high = given.get("endPort", given.get("end", low if low > 1 else 65535))
    return bool(protocol == given.get("protocol", "TCP") and low <= number <= high)
