"""Reads AdminNetworkPolicies, BaselineAdminNetworkPolicies and ClusterNetworkPolicies.

Sources: https://network-policy-api.sigs.k8s.io/api-overview/ and the types of v1alpha1 in its last form,
v1alpha2 and v1beta1 in https://github.com/kubernetes-sigs/network-policy-api/tree/main/apis, where a peer
that is not known "fails closed": a rule that allows then matches nothing, and any other denies everything.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from scanner.collect.interface import Path, Resource
from scanner.facts.network.policies import (
    ADMIN_NETWORK_POLICY,
    BASELINE_ADMIN_NETWORK_POLICY,
    CLUSTER_NETWORK_POLICY,
    DIRECTIONS,
    Action,
    Addresses,
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
from scanner.facts.network.ports import LAST_PORT, PortRange
from scanner.facts.network.reader import Reader
from scanner.facts.network.selectors import EVERYTHING, Selector
from scanner.fields import as_integer

_LAST_PRIORITY = 1000
_LONGEST_NAME = 100
_MOST_NETWORKS = 25
_FIELDS = {
    ADMIN_NETWORK_POLICY: ("priority", "subject", "ingress", "egress"),
    BASELINE_ADMIN_NETWORK_POLICY: ("subject", "ingress", "egress"),
    CLUSTER_NETWORK_POLICY: ("tier", "priority", "subject", "ingress", "egress"),
}
_ONLY_NAME = "default"
_IN_CLUSTER = ("namespaces", "pods")
_OUTSIDE = ("nodes", "networks", "domainNames")
_PROTOCOLS = ("tcp", "udp", "sctp")
_DOMAIN = re.compile(
    r"(\*\.)?([A-Za-z0-9]([-A-Za-z0-9_]*[A-Za-z0-9])?\.)+[A-Za-z0-9]([-A-Za-z0-9_]*[A-Za-z0-9])?\.?"
)


def read_admin_policy(resource: Resource) -> Policy:
    """A policy of the cluster's administrators, with its flaws."""
    return _Reader(resource).policy()


class _Reader(Reader):
    def __init__(self, resource: Resource) -> None:
        super().__init__(resource)
        self._kind = resource.group_kind
        self._newer = self._kind == CLUSTER_NETWORK_POLICY
        self._most = 25 if self._newer else 100
        self._masked = resource.api_version.endswith("/v1beta1")
        self._missing: list[Flaw] = []

    def policy(self) -> Policy:
        self.known(self.spec, ("spec",), *_FIELDS[self._kind])
        baseline = self._kind == BASELINE_ADMIN_NETWORK_POLICY
        if baseline and self.resource.name != _ONLY_NAME:
            self.refuse(("metadata", "name"), f"the only name that this kind may have is {_ONLY_NAME!r}")
        rules = {direction: self.rules(direction, self._rule) or None for direction in DIRECTIONS}
        for direction in DIRECTIONS:
            self.most(rules[direction], self._most, ("spec", direction))
        return Policy(
            resource=self.resource,
            tier=self._tier(),
            priority=0 if baseline else self._priority(),
            namespace="",
            subjects=self._subjects(),
            ingress=rules["ingress"],
            egress=rules["egress"],
            flaws=(*self.flaws, *self._missing),
        )

    def _tier(self) -> Tier:
        if not self._newer:
            return "admin" if self._kind == ADMIN_NETWORK_POLICY else "baseline"
        tier = self.spec.get("tier")
        if tier not in ("Admin", "Baseline"):
            self.refuse(("spec", "tier"), f"tier {tier!r} is not Admin or Baseline")
        return "baseline" if tier == "Baseline" else "admin"

    def _priority(self) -> int:
        written = self.spec.get("priority")
        priority = as_integer(written)
        if priority is None or not 0 <= priority <= _LAST_PRIORITY:
            self.refuse(
                ("spec", "priority"), f"priority {written!r} is not a number from 0 to {_LAST_PRIORITY}"
            )
        return priority or 0

    def _subjects(self) -> tuple[Selector, Selector] | None:
        path = ("spec", "subject")
        body = self.body(self.spec.get("subject"), path)
        if body is None:
            return None
        self.known(body, path, *_IN_CLUSTER)
        if (body.get("namespaces") is None) == (body.get("pods") is None):
            self.refuse(path, "the subject needs namespaces or pods, and one of them only")
            return None
        found = self._chosen(body, path)
        return None if found is None else (found.namespaces or EVERYTHING, found.pods)

    def _chosen(self, body: Mapping[str, Any], path: Path) -> Selected | None:
        """All pods of namespaces, or some of them; None where that cannot be read."""
        if body.get("namespaces") is not None:
            return Selected(self.selector(body["namespaces"], (*path, "namespaces")), EVERYTHING)
        path = (*path, "pods")
        pods = self.body(body["pods"], path)
        if pods is None:
            return None
        self.known(pods, path, "namespaceSelector", "podSelector")
        if pods.keys() - {"namespaceSelector", "podSelector"}:
            return None
        for key in ("podSelector",) if self._newer else ("namespaceSelector", "podSelector"):
            if pods.get(key) is None:  # it is known what is meant, so the rule need not fail closed
                self._missing.append(Flaw(path, f"{key} is missing, which chooses all: write it as {{}}"))
        return Selected(
            self.selector(pods.get("namespaceSelector"), (*path, "namespaceSelector")),
            self.selector(pods.get("podSelector"), (*path, "podSelector")),
        )

    def _rule(self, body: Mapping[str, Any], path: Path, key: str) -> Rule:
        section, read = ("protocols", self._protocol) if self._newer else ("ports", self._port)
        self.known(body, path, "name", "action", key, section)
        name = body.get("name")
        if name is not None and (not isinstance(name, str) or len(name) > _LONGEST_NAME):
            self.refuse((*path, "name"), f"the name must be text of at most {_LONGEST_NAME} characters")
        action = self._action(body, path)
        peers = self.listed(body, (*path, key), self._peer)
        ports = self.listed(body, (*path, section), read)
        self.most(peers, self._most, (*path, key))
        self.most(ports, self._most, (*path, section))
        if peers is None:
            self.refuse(path, f"the rule needs at least one peer in {key}")
        if body.get(section) == []:
            self.refuse((*path, section), "an empty list is refused; without the field all ports are meant")
        self._check(path, action, peers or (), ports or ())
        unknown = (
            not peers
            or any(isinstance(peer, Unreadable) for _, peer in peers)
            or (ports is not None and (not ports or any(port is None for _, port in ports)))
        )
        if action is None or (unknown and action == "allow"):
            return Rule(path, "allow", (), None)
        if unknown:
            return Rule(path, "deny", None, None)
        return Rule(path, action, peers, None if ports is None else tuple(port for _, port in ports if port))

    def _check(
        self,
        path: Path,
        action: Action | None,
        peers: tuple[tuple[Path, Peer], ...],
        ports: tuple[tuple[Path, PortRange | NamedPort | None], ...],
    ) -> None:
        """What the API demands of the parts of a rule together."""
        outside = any(isinstance(peer, (Addresses, Nodes, DomainNames)) for _, peer in peers)
        for at, port in ports if outside else ():
            if isinstance(port, NamedPort):
                self.refuse(at, "networks, nodes and domainNames have no ports with names")
        if action in ("deny", "pass"):
            for at, peer in peers:
                if isinstance(peer, DomainNames):
                    self.note((*at, "domainNames"), "domain names are for rules that allow only")

    def _action(self, body: Mapping[str, Any], path: Path) -> Action | None:
        actions: dict[str, Action] = {"Accept" if self._newer else "Allow": "allow", "Deny": "deny"}
        if self._kind != BASELINE_ADMIN_NETWORK_POLICY:
            actions["Pass"] = "pass"  # noqa: S105
        written = body.get("action")
        if not isinstance(written, str) or written not in actions:
            self.refuse((*path, "action"), f"action {written!r} is not one of {', '.join(actions)}")
            return None
        return actions[written]

    def _peer(self, given: Any, path: Path) -> Peer:
        """A peer; one in which anything is not as the API has it is not known."""
        before = self.refusals
        found = self._read_peer(given, path)
        return found if self.refusals == before and found is not None else Unreadable()

    def _read_peer(self, given: Any, path: Path) -> Peer | None:
        body = self.body(given, path)
        if body is None:
            return None
        known: tuple[str, ...] = _IN_CLUSTER if path[1] == "ingress" else (*_IN_CLUSTER, *_OUTSIDE)
        if self._kind == BASELINE_ADMIN_NETWORK_POLICY:
            known = tuple(key for key in known if key != "domainNames")
        self.known(body, path, *known)
        kinds = [key for key in known if body.get(key) is not None]
        if len(kinds) != 1:
            self.refuse(path, f"a peer needs one of {', '.join(known)}: as it stands, the rule fails closed")
            return None
        match kinds[0]:
            case "networks":
                return self._networks(body, (*path, "networks"))
            case "domainNames":
                return self._domain_names(body, (*path, "domainNames"))
            case "nodes":
                return Nodes(self.selector(body["nodes"], (*path, "nodes")))
            case _:
                return self._chosen(body, path)

    def _networks(self, body: Mapping[str, Any], path: Path) -> Peer:
        found = self.listed(body, path, lambda each, at: self.network(each, at, self._masked))
        if found is None:
            self.refuse(path, "the list needs at least one network")
        self.most(found, _MOST_NETWORKS, path)
        networks = tuple(network for _, network in found or () if network is not None)
        return Addresses(networks, (), with_pods=True)

    def _domain_names(self, body: Mapping[str, Any], path: Path) -> Peer:
        found = self.listed(body, path, lambda each, _: each)
        if found is None:
            self.refuse(path, "the list needs at least one name")
        self.most(found, _MOST_NETWORKS, path)
        for at, name in found or ():
            if not isinstance(name, str) or not _DOMAIN.fullmatch(name):
                self.refuse(at, f"{name!r} is no domain name, such as example.com or *.example.com")
        return DomainNames(tuple(str(name) for _, name in found or ()))

    def _one(self, given: Any, path: Path, known: tuple[str, ...], what: str) -> tuple[str, Any] | None:
        """The one field that a port may have."""
        body = self.body(given, path)
        if body is None:
            return None
        self.known(body, path, *known)
        kinds = [key for key in known if body.get(key) is not None]
        if len(kinds) != 1 or len(body) > len(kinds):
            self.refuse(path, f"{what} needs one of {', '.join(known)}")
            return None
        return kinds[0], body[kinds[0]]

    def _name(self, given: Any, path: Path) -> NamedPort | None:
        if isinstance(given, str):
            return NamedPort(given, "") if self.is_port_name(given, path) else None
        self.refuse(path, "the name of a port must be text")
        return None

    def _port(self, given: Any, path: Path) -> PortRange | NamedPort | None:
        """A port of v1alpha1."""
        found = self._one(given, path, ("portNumber", "portRange", "namedPort"), "a port")
        if found is None:
            return None
        key, value = found
        path = (*path, key)
        if key == "namedPort":
            return self._name(value, path)
        body = self.body(value, path)
        protocol = None if body is None else self.protocol(body, path)
        if body is None or protocol is None:
            return None
        if key == "portNumber":
            self.known(body, path, "protocol", "port")
            return self.range(protocol, body.get("port"), body.get("port"), path, ("port", "port"))
        self.known(body, path, "protocol", "start", "end")
        return self.range(protocol, body.get("start"), body.get("end"), path, ("start", "end"))

    def _protocol(self, given: Any, path: Path) -> PortRange | NamedPort | None:
        """Ports of v1alpha2 and v1beta1."""
        found = self._one(given, path, (*_PROTOCOLS, "destinationNamedPort"), "a protocol")
        if found is None:
            return None
        key, value = found
        path = (*path, key)
        if key == "destinationNamedPort":
            return self._name(value, path)
        body = self.body(value, path)
        if body is None:
            return None
        self.known(body, path, "destinationPort")
        if body.get("destinationPort") is None:
            return PortRange(key.upper(), 1, LAST_PORT)
        path = (*path, "destinationPort")
        port = self._one(body["destinationPort"], path, ("number", "range"), "a destinationPort")
        if port is None:
            return None
        if port[0] == "number":
            return self.range(key.upper(), port[1], port[1], path, ("number", "number"))
        path = (*path, "range")
        limits = self.body(port[1], path)
        if limits is None:
            return None
        self.known(limits, path, "start", "end")
        ports = self.range(key.upper(), limits.get("start"), limits.get("end"), path, ("start", "end"))
        if ports is not None and ports.low == ports.high:
            self.refuse((*path, "end"), "the end of a range must be above its start: this is a number")
        return ports
