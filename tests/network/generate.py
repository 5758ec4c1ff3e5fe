"""Random small clusters with policies of every kind, all valid for their APIs, and questions about them."""

from __future__ import annotations

import ipaddress
import random
from collections.abc import Iterator
from typing import Any

Object = dict[str, Any]
Question = tuple[str, str, str, int]
"""Source, destination, protocol and port."""

KEYS = ("app", "tier", "team")
VALUES = ("a", "b", "c")
PROTOCOLS = ("TCP", "UDP", "SCTP")
NUMBERS = (1, 53, 80, 81, 8080, 65535)
NAMES = ("web", "dns", "admin")
BLOCKS = (
    "0.0.0.0/0",
    "10.0.0.0/8",
    "10.0.1.0/24",
    "10.0.1.4/30",
    "10.0.1.9/29",
    "192.168.0.0/16",
    "203.0.113.0/24",
    "203.0.113.7/32",
    "::/0",
    "fd00::/8",
    "fd00::1:0/112",
    "2001:db8::/32",
)
OUTSIDE = (
    "203.0.113.7",
    "203.0.113.8",
    "198.51.100.1",
    "10.0.1.200",
    "2001:db8::1",
    "fd00::9",
    "192.168.5.1",
)
NODE_ADDRESSES = ("192.168.0.1", "192.168.0.2")


class Generator:
    """Makes one cluster from a seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._namespaces = [f"n{number}" for number in range(self._random.randint(1, 4))]

    def cluster(self) -> list[Object]:
        """All objects, in a random order."""
        rng = self._random
        objects = [self._namespace(name) for name in self._namespaces if rng.random() < 0.9]
        objects += [self._node(number) for number in range(rng.choice((0, 2, 2)))]
        objects += [self._pod(number) for number in range(rng.choice((2, 3, 4, 5, 6, 8, 12)))]
        objects += [self._network_policy(number) for number in range(rng.choice((0, 1, 3, 5, 7)))]
        if rng.random() < 0.6:
            priorities = rng.sample(range(20), 6)
            if rng.random() < 0.2:
                priorities = [priorities[0]] * 6
            for number in range(rng.randint(0, 3)):
                objects.append(self._admin_policy(number, priorities[number]))
            for number in range(rng.randint(0, 3)):
                objects.append(self._cluster_policy(number, priorities[number + 3]))
            if rng.random() < 0.5:
                objects.append(self._baseline_policy())
        rng.shuffle(objects)
        return objects

    def questions(self, objects: list[Object], count: int) -> Iterator[Question]:
        """Random questions, at the edges of what policies mention."""
        rng = self._random
        pods = [
            f"{o['metadata']['namespace']}/{o['metadata']['name']}"
            for o in objects
            if o["kind"] == "Pod" and o["status"]["phase"] in ("Running", "Pending")
        ]
        inside = [e["ip"] for o in objects if o["kind"] == "Pod" for e in o["status"].get("podIPs", [])]
        others = [*OUTSIDE, *NODE_ADDRESSES, *inside]
        if not pods:
            return
        for _ in range(count):
            one, other = rng.choice(pods), rng.choice(pods)
            kind = rng.random()
            if kind < 0.2:
                other = rng.choice(others)
            elif kind < 0.4:
                one = rng.choice(others)
            port = min(65535, max(1, rng.choice(NUMBERS) + rng.choice((-1, 0, 0, 1))))
            yield one, other, rng.choice(PROTOCOLS), port

    def _some(self, *values: Any) -> Any:
        return self._random.choice(values)

    def _labels(self) -> dict[str, str]:
        return {key: self._some(*VALUES) for key in KEYS if self._random.random() < 0.7}

    def _namespace(self, name: str) -> Object:
        return {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name, "labels": self._labels()}}

    def _node(self, number: int) -> Object:
        addresses = [{"type": "InternalIP", "address": NODE_ADDRESSES[number]}]
        if self._random.random() < 0.5:
            addresses.append({"type": "InternalIP", "address": f"fd00::5:{number}"})
            addresses.append({"type": "Hostname", "address": f"node-{number}"})
        metadata = {"name": f"node-{number}", "labels": self._labels()}
        return {"apiVersion": "v1", "kind": "Node", "metadata": metadata, "status": {"addresses": addresses}}

    def _pod(self, number: int) -> Object:
        rng = self._random
        node, name = rng.randrange(2), f"p{number}"
        spec: Object = {"nodeName": f"node-{node}", "containers": [self._container()]}
        if rng.random() < 0.1:
            del spec["nodeName"]
        if rng.random() < 0.3:
            spec["initContainers"] = [self._container() | self._some({}, {"restartPolicy": "Always"})]
        phase = self._some("Running", "Running", "Running", "Pending", "Succeeded", "Failed")
        status: Object = {"phase": phase}
        if rng.random() < 0.15:
            spec["hostNetwork"] = True
            status["podIPs"] = self._some([{"ip": NODE_ADDRESSES[node]}], [])
        else:
            if phase in ("Succeeded", "Failed"):
                number = max(0, number - 1)  # its address is given to another pod again
            four, six = {"ip": f"10.0.1.{number + 1}"}, {"ip": f"fd00::{self._some('1:', '2:')}{number + 1}"}
            status["podIPs"] = self._some([four], [four], [four, six], [six, four], [six], [])
        metadata = {
            "name": name,
            "namespace": self._some(*self._namespaces),
            "labels": self._labels(),
        }
        return {"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": spec, "status": status}

    def _container(self) -> Object:
        names = self._random.sample(NAMES, self._random.randint(0, 2))
        ports = []
        for name in names:
            port: Object = {"name": name, "containerPort": self._some(*NUMBERS)}
            if self._random.random() < 0.4:
                port["protocol"] = self._some(*PROTOCOLS)
            ports.append(port)
        return {"name": "main", "image": "registry.example/a:1", "ports": ports}

    def _selector(self) -> Object:
        rng, selector = self._random, {}
        if rng.random() < 0.2:
            return {}
        if rng.random() < 0.6:
            selector["matchLabels"] = {self._some(*KEYS): self._some(*VALUES)}
        if rng.random() < 0.5 or not selector:
            selector["matchExpressions"] = [self._expression() for _ in range(rng.randint(1, 2))]
        return selector

    def _expression(self) -> Object:
        operator = self._some("In", "NotIn", "Exists", "DoesNotExist")
        found: Object = {"key": self._some(*KEYS), "operator": operator}
        if operator in ("In", "NotIn"):
            found["values"] = self._random.sample(VALUES, self._random.randint(1, 2))
        return found

    def _namespace_selector(self) -> Object:
        if self._random.random() < 0.3:
            return {"matchLabels": {"kubernetes.io/metadata.name": self._some(*self._namespaces)}}
        return self._selector()

    # NetworkPolicy

    def _network_policy(self, number: int) -> Object:
        rng = self._random
        spec: Object = {"podSelector": self._selector()}
        if rng.random() < 0.6:
            spec["policyTypes"] = self._some(["Ingress"], ["Egress"], ["Ingress", "Egress"])
        for direction, key in (("ingress", "from"), ("egress", "to")):
            if rng.random() < 0.7:
                spec[direction] = [self._rule(key) for _ in range(rng.choice((0, 1, 1, 2)))]
        metadata = {"name": f"np-{number}", "namespace": self._some(*self._namespaces)}
        return {
            "apiVersion": "networking.k8s.io/v1",
            "kind": "NetworkPolicy",
            "metadata": metadata,
            "spec": spec,
        }

    def _rule(self, key: str) -> Object:
        rng, rule = self._random, {}
        if rng.random() < 0.8:
            rule[key] = [self._peer() for _ in range(rng.choice((0, 1, 1, 2)))]
        if rng.random() < 0.6:
            rule["ports"] = [self._port() for _ in range(rng.choice((0, 1, 1, 2)))]
        return rule

    def _peer(self) -> Object:
        kind = self._random.random()
        if kind < 0.25:
            return {"ipBlock": self._block()}
        if kind < 0.5:
            return {"podSelector": self._selector()}
        if kind < 0.75:
            return {"namespaceSelector": self._namespace_selector()}
        return {"namespaceSelector": self._namespace_selector(), "podSelector": self._selector()}

    def _block(self) -> Object:
        cidr = self._some(*BLOCKS)
        block: Object = {"cidr": cidr}
        whole = ipaddress.ip_network(cidr, strict=False)
        parts = [
            each
            for each in BLOCKS
            if (part := ipaddress.ip_network(each, strict=False)) != whole
            and part.version == whole.version
            and part.subnet_of(whole)  # type: ignore[arg-type]
        ]
        if parts and self._random.random() < 0.5:
            block["except"] = self._random.sample(parts, 1)
        return block

    def _port(self) -> Object:
        rng, port = self._random, {}
        if rng.random() < 0.6:
            port["protocol"] = self._some(*PROTOCOLS)
        kind = rng.random()
        if kind < 0.4:
            port["port"] = self._some(*NUMBERS)
            if rng.random() < 0.5:
                port["endPort"] = min(65535, port["port"] + self._some(0, 1, 10, 1000))
        elif kind < 0.75:
            port["port"] = self._some(*NAMES)
        return port

    # policies of the whole cluster

    def _admin_policy(self, number: int, priority: int) -> Object:
        spec = {"priority": priority, "subject": self._subject(), **self._admin_rules("Allow", True, False)}
        return self._admin("AdminNetworkPolicy", "v1alpha1", f"anp-{number}", spec)

    def _baseline_policy(self) -> Object:
        spec = {"subject": self._subject(), **self._admin_rules("Allow", False, False)}
        return self._admin("BaselineAdminNetworkPolicy", "v1alpha1", "default", spec)

    def _cluster_policy(self, number: int, priority: int) -> Object:
        tier = self._some("Admin", "Admin", "Baseline")
        rules = self._admin_rules("Accept", True, True)
        spec = {"tier": tier, "priority": priority, "subject": self._subject(), **rules}
        return self._admin("ClusterNetworkPolicy", "v1alpha2", f"cnp-{number}", spec)

    def _admin(self, kind: str, version: str, name: str, spec: Object) -> Object:
        group = f"policy.networking.k8s.io/{version}"
        return {"apiVersion": group, "kind": kind, "metadata": {"name": name}, "spec": spec}

    def _subject(self) -> Object:
        if self._random.random() < 0.2:
            return {"namespaces": {}}
        if self._random.random() < 0.5:
            return {"namespaces": self._namespace_selector()}
        return {"pods": {"namespaceSelector": self._namespace_selector(), "podSelector": self._selector()}}

    def _admin_rules(self, allow: str, passes: bool, newer: bool) -> Object:
        found: Object = {}
        for direction, key in (("ingress", "from"), ("egress", "to")):
            if self._random.random() < 0.7:
                count = self._random.randint(1, 3)
                found[direction] = [self._admin_rule(key, allow, passes, newer) for _ in range(count)]
        return found

    def _admin_rule(self, key: str, allow: str, passes: bool, newer: bool) -> Object:
        rng = self._random
        actions = [allow, "Deny", *(["Pass"] if passes else [])]
        rule: Object = {"action": self._some(*actions), key: []}
        named = False
        if rng.random() < 0.6:
            ports = [self._protocol() if newer else self._admin_port() for _ in range(rng.randint(1, 2))]
            rule["protocols" if newer else "ports"] = ports
            named = any("namedPort" in port or "destinationNamedPort" in port for port in ports)
        for _ in range(rng.randint(1, 2)):
            kind = rng.random()
            if key == "to" and not named and kind < 0.3:
                rule[key].append({"networks": rng.sample(BLOCKS, rng.randint(1, 2))})
            elif key == "to" and not named and kind < 0.4:
                rule[key].append({"nodes": self._selector()})
            elif key == "to" and not named and kind < 0.6 and passes and rule["action"] == allow:
                rule[key].append({"domainNames": ["*.example.com"]})
            else:
                rule[key].append(self._subject())
        return rule

    def _admin_port(self) -> Object:
        kind, start = self._random.random(), self._some(*NUMBERS[:-1])
        if kind < 0.4:
            return {"portNumber": {"protocol": self._some(*PROTOCOLS), "port": start}}
        if kind < 0.7:
            end = start + self._some(1, 10, 1000)
            return {"portRange": {"protocol": self._some(*PROTOCOLS), "start": start, "end": end}}
        return {"namedPort": self._some(*NAMES)}

    def _protocol(self) -> Object:
        kind, start = self._random.random(), self._some(*NUMBERS[:-1])
        protocol = self._some("tcp", "udp", "sctp")
        if kind < 0.3:
            return {protocol: {"destinationPort": {"number": start}}}
        if kind < 0.6:
            end = start + self._some(1, 10, 1000)
            return {protocol: {"destinationPort": {"range": {"start": start, "end": end}}}}
        if kind < 0.75:
            return {protocol: {}}
        return {"destinationNamedPort": self._some(*NAMES)}
