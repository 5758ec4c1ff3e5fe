"""A slow and obvious evaluator of network policies: it follows the API's text pair by pair.

It shares nothing with the scanner, so that the two can be held against each other.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

Object = dict[str, Any]
ALLOW, DENY, PASS, UNSURE = "allow", "deny", "pass", "unsure"
_ACTIONS = {"Allow": ALLOW, "Accept": ALLOW, "Deny": DENY, "Pass": PASS}


@dataclass(frozen=True)
class Flow:
    """One connection: pods or None, with the address that each end has in it."""

    source: Object | None
    source_address: str
    destination: Object | None
    destination_address: str
    protocol: str
    port: int


class Oracle:
    """Answers about one cluster."""

    def __init__(self, objects: Iterable[Object], ipblock_pods: bool = False) -> None:
        self.objects = list(objects)
        self.ipblock_pods = ipblock_pods
        self.pods = {
            f"{o['metadata']['namespace']}/{o['metadata']['name']}": o
            for o in self._of("Pod")
            if o.get("status", {}).get("phase") not in ("Succeeded", "Failed")
        }

    def _of(self, kind: str) -> list[Object]:
        return [o for o in self.objects if o["kind"] == kind]

    def can(self, source: str, destination: str, protocol: str, port: int) -> bool | None:
        """Whether `namespace/pod` or an address may reach another; None where the API leaves it open."""
        answers = [self._flow(flow) for flow in self._flows(source, destination, protocol, port)]
        return True if True in answers else None if None in answers else False

    def _flows(self, source: str, destination: str, protocol: str, port: int) -> Iterator[Flow]:
        for one, one_address, one_version in self._ends(source):
            for other, other_address, other_version in self._ends(destination):
                if one_version == other_version or 0 in (one_version, other_version):
                    yield Flow(one, one_address, other, other_address, protocol, port)

    def _ends(self, named: str) -> list[tuple[Object | None, str, int]]:
        """What is meant, the address it has in the flow, and the IP version if it has another one as well."""
        if "/" in named:
            own = self._own(self.pods[named])
            return [(self.pods[named], each, version(each) if len(own) > 1 else 0) for each in own or [""]]
        for pod in self.pods.values():
            own = pod_addresses(pod)
            if not host(pod) and ipaddress.ip_address(named) in map(ipaddress.ip_address, own):
                return [(pod, named, version(named) if len(own) > 1 else 0)]
        return [(None, named, version(named))]

    def _own(self, pod: Object) -> list[str]:
        """The addresses of a pod; of the host's network, those of its node."""
        nodes = [
            n for n in self._of("Node") if host(pod) and n["metadata"]["name"] == pod["spec"].get("nodeName")
        ]
        return pod_addresses(pod) or [each for node in nodes for each in addresses(node)]

    def _flow(self, flow: Flow) -> bool | None:
        if flow.source is not None and flow.source is flow.destination:
            return True
        if self._own_node(flow):
            return True
        answers = [self._direction("egress", flow), self._direction("ingress", flow)]
        return False if False in answers else None if None in answers else True

    def _own_node(self, flow: Flow) -> bool:
        nodes = []
        hosts = []
        for pod, address in (
            (flow.source, flow.source_address),
            (flow.destination, flow.destination_address),
        ):
            if pod is not None:
                nodes.append(pod["spec"].get("nodeName", ""))
                hosts.append(host(pod))
            else:
                nodes.append(
                    next((n["metadata"]["name"] for n in self._of("Node") if address in addresses(n)), "")
                )
                hosts.append(True)
        return nodes[0] != "" and nodes[0] == nodes[1] and any(hosts)

    def _direction(self, direction: str, flow: Flow) -> bool | None:
        """As it is if domain names stand for the other end's address, and if they do not."""
        answers = {self._decided(direction, flow, domains) for domains in (False, True)}
        return answers.pop() if len(answers) == 1 else None

    def _decided(self, direction: str, flow: Flow, domains: bool) -> bool | None:
        subject = flow.source if direction == "egress" else flow.destination
        if subject is None or host(subject):
            return True
        admin = self._ranked(direction, subject, flow, "Admin", domains)
        if admin in (ALLOW, DENY):
            return admin == ALLOW
        if admin == UNSURE:
            return None
        selecting = [p for p in self._of("NetworkPolicy") if self._isolates(p, direction, subject)]
        if selecting:
            return any(
                self._rule_matches(rule, direction, flow, policy)
                for policy in selecting
                for rule in policy["spec"].get(direction) or []
            )
        baseline = self._ranked(direction, subject, flow, "Baseline", domains)
        return None if baseline == UNSURE else baseline != DENY

    # NetworkPolicy

    def _isolates(self, policy: Object, direction: str, pod: Object) -> bool:
        spec = policy["spec"]
        types = spec.get("policyTypes") or ["Ingress", *(["Egress"] if spec.get("egress") else [])]
        return (
            direction.capitalize() in types
            and policy["metadata"]["namespace"] == pod["metadata"]["namespace"]
            and matches(spec.get("podSelector") or {}, labels(pod))
        )

    def _rule_matches(self, rule: Object, direction: str, flow: Flow, policy: Object) -> bool:
        peers = rule.get("from" if direction == "ingress" else "to") or []
        pod = flow.source if direction == "ingress" else flow.destination
        address = flow.source_address if direction == "ingress" else flow.destination_address
        if peers and not any(self._peer_matches(peer, pod, address, policy) for peer in peers):
            return False
        ports = rule.get("ports") or []
        return not ports or any(self._port_matches(port, flow) for port in ports)

    def _peer_matches(self, peer: Object, pod: Object | None, address: str, policy: Object) -> bool:
        if "ipBlock" in peer:
            if pod is not None and not host(pod) and not self.ipblock_pods:
                return False
            block = peer["ipBlock"]
            return self._inside(address, [block["cidr"]]) and not self._inside(
                address, block.get("except") or []
            )
        if pod is None or host(pod):
            return False
        namespace = pod["metadata"]["namespace"]
        if peer.get("namespaceSelector") is not None:
            if not matches(peer["namespaceSelector"], self._namespace_labels(namespace)):
                return False
        elif namespace != policy["metadata"]["namespace"]:
            return False
        return matches(peer.get("podSelector") or {}, labels(pod))

    def _port_matches(self, port: Object, flow: Flow) -> bool:
        protocol = port.get("protocol") or "TCP"
        if protocol != flow.protocol:
            return False
        wanted = port.get("port")
        if wanted is None:
            return True
        if isinstance(wanted, int):
            return wanted <= flow.port <= port.get("endPort", wanted)
        return (wanted, protocol, flow.port) in named_ports(flow.destination)

    # AdminNetworkPolicy, BaselineAdminNetworkPolicy, ClusterNetworkPolicy

    def _ranked(self, direction: str, subject: Object, flow: Flow, tier: str, domains: bool) -> str:
        """What the first matching rule of a tier says; `unsure` where two of equal priority differ."""
        found: dict[int, list[str]] = {}
        for policy in self.objects:
            if tier_of(policy) != tier or not self._is_subject(policy["spec"]["subject"], subject):
                continue
            for rule in policy["spec"].get(direction) or []:
                action = self._admin_rule(rule, direction, flow, policy["kind"], domains)
                if action:
                    priority = policy["spec"].get("priority", 0)
                    found.setdefault(priority, []).append(action)
                    break
        if not found:
            return PASS
        said = set(found[min(found)])
        return said.pop() if len(said) == 1 else UNSURE

    def _admin_rule(self, rule: Object, direction: str, flow: Flow, kind: str, domains: bool) -> str:
        peers = rule["from" if direction == "ingress" else "to"]
        action = _ACTIONS[rule["action"]]
        known = {"namespaces", "pods"} | (
            {"networks", "nodes", "domainNames"} if direction == "egress" else set()
        )
        if any(not known & peer.keys() for peer in peers):  # fails closed
            return "" if action == ALLOW else DENY
        pod = flow.source if direction == "ingress" else flow.destination
        address = flow.source_address if direction == "ingress" else flow.destination_address
        if not any(self._admin_peer(peer, pod, address, domains) for peer in peers):
            return ""
        ports = rule.get("protocols" if kind == "ClusterNetworkPolicy" else "ports") or []
        return action if not ports or any(admin_port(port, flow) for port in ports) else ""

    def _admin_peer(self, peer: Object, pod: Object | None, address: str, domains: bool) -> bool:
        if "domainNames" in peer:
            return domains and pod is None
        if "networks" in peer:
            return self._inside(address, peer["networks"])
        if "nodes" in peer:
            chosen = [n for n in self._of("Node") if matches(peer["nodes"], labels(n))]
            named = pod is not None and host(pod) and pod["spec"].get("nodeName")
            return any(address in addresses(n) or n["metadata"]["name"] == named for n in chosen) and (
                pod is None or host(pod)
            )
        return pod is not None and self._is_subject(peer, pod)

    def _is_subject(self, subject: Object, pod: Object) -> bool:
        if host(pod):
            return False
        own = self._namespace_labels(pod["metadata"]["namespace"])
        if "namespaces" in subject:
            return matches(subject["namespaces"], own)
        both = subject["pods"]
        return matches(both.get("namespaceSelector") or {}, own) and matches(
            both.get("podSelector") or {}, labels(pod)
        )

    # what both have

    def _namespace_labels(self, name: str) -> dict[str, str]:
        found = [n for n in self._of("Namespace") if n["metadata"]["name"] == name]
        own = labels(found[-1]) if found else {}
        return {**own, "kubernetes.io/metadata.name": name}

    def _inside(self, address: str, blocks: list[str]) -> bool:
        if not address:
            return "0.0.0.0/0" in blocks
        parsed = ipaddress.ip_address(address)
        return any(parsed in ipaddress.ip_network(block, strict=False) for block in blocks)


def host(pod: Object) -> bool:
    return pod["spec"].get("hostNetwork") is True


def labels(obj: Object) -> dict[str, str]:
    return obj["metadata"].get("labels") or {}


def version(address: str) -> int:
    return 6 if ":" in address else 4


def pod_addresses(pod: Object) -> list[str]:
    return [each["ip"] for each in pod.get("status", {}).get("podIPs", [])]


def addresses(node: Object) -> list[str]:
    """All but those that are names."""
    found = node.get("status", {}).get("addresses", [])
    return [each["address"] for each in found if not each["type"].endswith(("Hostname", "DNS"))]


def named_ports(pod: Object | None) -> set[tuple[str, str, int]]:
    """Name, protocol and number of what containers and sidecars declare."""
    if pod is None or host(pod):
        return set()
    sidecars = [c for c in pod["spec"].get("initContainers", []) if c.get("restartPolicy") == "Always"]
    return {
        (port["name"], port.get("protocol", "TCP"), port["containerPort"])
        for container in [*pod["spec"]["containers"], *sidecars]
        for port in container.get("ports", [])
        if "name" in port
    }


def admin_port(port: Object, flow: Flow) -> bool:
    if "namedPort" in port or "destinationNamedPort" in port:
        name = port.get("namedPort") or port["destinationNamedPort"]
        return (name, flow.protocol, flow.port) in named_ports(flow.destination)
    if "portNumber" in port:
        number = port["portNumber"]
        return number.get("protocol", "TCP") == flow.protocol and number["port"] == flow.port
    if "portRange" in port:
        span = port["portRange"]
        return span.get("protocol", "TCP") == flow.protocol and span["start"] <= flow.port <= span["end"]
    ((protocol, body),) = port.items()
    if protocol.upper() != flow.protocol:
        return False
    wanted = (body or {}).get("destinationPort")
    if wanted is None:
        return True
    if "number" in wanted:
        return wanted["number"] == flow.port
    return wanted["range"]["start"] <= flow.port <= wanted["range"]["end"]


def tier_of(policy: Object) -> str:
    kind = policy["kind"]
    if kind == "ClusterNetworkPolicy":
        return policy["spec"]["tier"]
    return {"AdminNetworkPolicy": "Admin", "BaselineAdminNetworkPolicy": "Baseline"}.get(kind, "")


def matches(selector: Object, own: dict[str, str]) -> bool:
    for key, value in (selector.get("matchLabels") or {}).items():
        if own.get(key) != value:
            return False
    for expression in selector.get("matchExpressions") or []:
        key, values = expression["key"], expression.get("values") or []
        match expression["operator"]:
            case "In":
                holds = key in own and own[key] in values
            case "NotIn":
                holds = key not in own or own[key] not in values
            case "Exists":
                holds = key in own
            case "DoesNotExist":
                holds = key not in own
            case other:
                raise AssertionError(other)
        if not holds:
            return False
    return True
