"""What single network policies find, and what is left open where pods are not at hand."""

from __future__ import annotations

from typing import Any

from scanner.collect.interface import Resource
from scanner.evaluate.projection import Unit
from scanner.facts.index import Index
from scanner.facts.network_policies import (
    dead_peers,
    flaws,
    host_pods,
    missing_namespace,
    selects_none,
    unresolved_ports,
)

from .network.shapes import EVERYONE, admin, cluster, network_policy
from .objects import resource


def pod(name: str, namespace: str = "shop", app: str = "a", **spec: Any) -> Resource:
    containers = [{"name": "c", "ports": spec.pop("ports", [])}]
    return resource("Pod", "v1", name, namespace, {"app": app}, spec={"containers": containers, **spec})


def namespace(name: str, **labels: str) -> Resource:
    return resource("Namespace", "v1", name, labels=labels)


def index(*resources: Resource) -> Index:
    return Index(resources, snapshot=True)


def one(app: str) -> dict[str, Any]:
    return {"matchLabels": {"app": app}}


def in_system(app: str) -> dict[str, Any]:
    system = {"matchLabels": {"kubernetes.io/metadata.name": "kube-system"}}
    return {"namespaceSelector": system, "podSelector": one(app)}


def test_each_of_several_policies_with_one_name_has_the_flaw_and_only_the_last_counts() -> None:
    first, last = network_policy({"podSelector": one("x")}), network_policy({"podSelector": one("y")})
    known = index(first, last, pod("p"))
    for policy in (first, last):
        (flaw,) = flaws(known, Unit(policy))
        assert flaw["path"] == ["metadata", "name"]
        assert flaw["refused"]
    assert [selects_none(known, Unit(policy)) for policy in (first, last)] == [False, True]


def test_a_policy_that_names_nobody_selects_whoever_comes() -> None:
    for policy in (network_policy({"podSelector": {}}), admin({"priority": 1, "subject": EVERYONE})):
        assert selects_none(index(policy), Unit(policy)) is False


def test_pods_of_kube_system_may_be_there_when_none_is_at_hand() -> None:
    policy = cluster({"tier": "Admin", "priority": 1, "subject": {"pods": in_system("dns")}})
    assert selects_none(index(policy, pod("p")), Unit(policy)) is None
    assert selects_none(index(policy, pod("p", "kube-system")), Unit(policy)) is True
    assert selects_none(index(policy, pod("p", "kube-system", "dns")), Unit(policy)) is False
    peer = network_policy({"policyTypes": ["Egress"], "egress": [{"to": [in_system("dns")]}]})
    assert dead_peers(index(peer, pod("p")), Unit(peer)) is None
    path = ["spec", "egress", 0, "to", 0]
    assert dead_peers(index(peer, pod("p", "kube-system")), Unit(peer)) == [path]
    both = network_policy({"egress": [{"to": [{"podSelector": one("z")}, in_system("dns")]}]})
    assert dead_peers(index(both, pod("p")), Unit(both)) == [path]


def test_a_namespace_without_pods_is_a_peer_and_no_subject() -> None:
    bank = {"namespaces": {"matchLabels": {"team": "bank"}}}
    rule = {"action": "Deny", "from": [bank]}
    policy = cluster({"tier": "Admin", "priority": 1, "subject": bank, "ingress": [rule]})
    known = index(policy, namespace("bank", team="bank"), pod("p"), pod("s", "kube-system"))
    assert selects_none(known, Unit(policy)) is True
    assert dead_peers(known, Unit(policy)) == []


def test_nodes_are_dead_peers_only_where_nodes_are_at_hand() -> None:
    rule = {"action": "Deny", "to": [{"nodes": {"matchLabels": {"role": "gateway"}}}]}
    policy = admin({"priority": 1, "subject": EVERYONE, "egress": [rule]})
    assert dead_peers(index(policy), Unit(policy)) == []
    node = resource("Node", "v1", "n", labels={"role": "worker"})
    assert dead_peers(index(policy, node), Unit(policy)) == [["spec", "egress", 0, "to", 0]]
    gateway = resource("Node", "v1", "g", labels={"role": "gateway"})
    assert dead_peers(index(policy, node, gateway), Unit(policy)) == []


def test_a_namespace_is_there_if_it_is_declared_used_or_made_by_kubernetes() -> None:
    policy = network_policy({})
    assert missing_namespace(index(policy, network_policy({}, "other")), Unit(policy))
    assert not missing_namespace(index(policy, namespace("shop")), Unit(policy))
    assert not missing_namespace(index(policy, pod("p")), Unit(policy))
    for always in ("", "default", "kube-system", "kube-public", "kube-node-lease"):
        there = resource("NetworkPolicy", "networking.k8s.io/v1", "a", always)
        assert not missing_namespace(index(there), Unit(there))


def test_a_port_is_resolved_by_any_pod_that_the_rule_may_lead_to() -> None:
    http = [{"name": "http", "containerPort": 80}]
    policy = network_policy(
        {
            "podSelector": one("a"),
            "policyTypes": ["Ingress", "Egress"],
            "ingress": [{"ports": [{"port": "http"}, {"port": "http", "protocol": "UDP"}]}],
            "egress": [{"to": [{"podSelector": one("b")}], "ports": [{"port": "http"}]}],
        }
    )
    udp, egress = ["spec", "ingress", 0, "ports", 1, "port"], ["spec", "egress", 0, "ports", 0, "port"]
    found = unresolved_ports(index(policy, pod("p", ports=http), pod("q"), pod("r", app="b")), Unit(policy))
    assert found == [udp, egress]
    # the pods that it leads to are another rule's matter
    assert unresolved_ports(index(policy, pod("p", ports=http)), Unit(policy)) == [udp]
    assert unresolved_ports(index(policy), Unit(policy)) == []


def test_ports_of_pods_that_use_the_hosts_network_resolve_nothing() -> None:
    policy = network_policy({"ingress": [{"ports": [{"port": "http"}]}]})
    host = pod("h", hostNetwork=True, ports=[{"name": "http", "containerPort": 80}])
    assert unresolved_ports(index(policy, host, pod("p")), Unit(policy)) != []


def test_pods_of_the_hosts_network_are_named_by_their_workloads() -> None:
    owner = [{"kind": "DaemonSet", "name": "agent", "controller": True, "apiVersion": "apps/v1"}]
    pods = [pod(f"agent-{number}", hostNetwork=True, nodeName=f"n{number}") for number in range(2)]
    for each in pods:
        each.body["metadata"]["ownerReferences"] = owner
    policy = network_policy({"podSelector": one("a")})
    others = [pod(f"own-{name}", hostNetwork=True) for name in "abc"]
    assert host_pods(index(policy, *pods), Unit(policy)) == {"count": 1, "some": ["shop/agent[DaemonSet]"]}
    found = host_pods(index(policy, *pods, *others), Unit(policy))
    assert found is not None
    assert (found["count"], len(found["some"])) == (4, 3)
    elsewhere = network_policy({"podSelector": one("other")})
    assert host_pods(index(elsewhere, *pods), Unit(elsewhere)) is None


def test_selectors_that_cannot_be_read_are_flaws_and_nothing_else() -> None:
    bad = {"matchExpressions": [{"key": "app", "operator": "Is", "values": ["a"]}]}
    policy = network_policy({"podSelector": bad, "ingress": [{"from": [{"podSelector": bad}]}]})
    known = index(policy, pod("p"))
    assert len(flaws(known, Unit(policy))) == 2
    assert selects_none(known, Unit(policy)) is False
    assert dead_peers(known, Unit(policy)) == []
