"""Whether pods can look up names once their egress is limited."""

from __future__ import annotations

from typing import Any

import pytest

from scanner.collect.interface import Resource
from scanner.facts.dns import lookups
from tests.facts.network.workloads import deployment, index, peer, policy, service, unit
from tests.facts.objects import resource

WEB, DB = deployment(), deployment("db")
BOTH = [{"port": 53, "protocol": "UDP"}, {"port": 53}]
TO_DB = {"to": [{"podSelector": {"matchLabels": {"app": "db"}}}]}


def dns(port: Any = 53, name: str = "kube-dns", namespace: str = "kube-system") -> list[Resource]:
    pods = deployment(name, namespace)
    pods.body["spec"]["template"]["spec"]["containers"][0]["ports"] = [
        {"name": "dns", "containerPort": 5353, "protocol": "UDP"},
        {"name": "dns-tcp", "containerPort": 5353},
    ]
    ports = [
        {"port": 53, "protocol": "UDP", "targetPort": port if port == 53 else "dns"},
        {"port": 53, "targetPort": port if port == 53 else "dns-tcp"},
    ]
    return [pods, service(name=name, namespace=namespace, ports=ports)]


def answers(*objects: Resource, egress: list[Any]) -> tuple[str, str] | None:
    found = lookups(index(WEB, DB, *objects, policy(egress=[TO_DB, *egress])), unit(WEB))
    return (found["UDP"], found["TCP"]) if found else None


SYSTEM = [peer("kube-system")]


@pytest.mark.parametrize(
    ("egress", "expected"),
    [
        ([], ("no", "no")),
        ([{"to": SYSTEM}], ("yes", "yes")),
        ([{"to": SYSTEM, "ports": BOTH}], ("yes", "yes")),
        ([{"to": SYSTEM, "ports": BOTH[:1]}], ("yes", "no")),
        ([{"ports": BOTH}], ("yes", "yes")),
        ([{"to": [peer("other")], "ports": BOTH}], ("no", "no")),
    ],
)
@pytest.mark.parametrize("at_hand", [True, False])
def test_rules_open_the_clusters_dns(egress: list[Any], expected: tuple[str, str], at_hand: bool) -> None:
    assert answers(*(dns() if at_hand else []), egress=egress) == expected


def test_the_port_of_the_pods_counts() -> None:
    to = [peer("openshift-dns")]
    openshift = dns("named", "dns-default", "openshift-dns")
    assert answers(*openshift, egress=[{"to": to, "ports": BOTH}]) == ("no", "no")
    own = [{"port": 5353, "protocol": "UDP"}, {"port": 5353}]
    assert answers(*openshift, egress=[{"to": to, "ports": own}]) == ("yes", "yes")


def test_addresses_may_be_those_of_the_dns() -> None:
    out = [{"to": [{"ipBlock": {"cidr": "10.96.0.10/32"}}], "ports": BOTH}]
    assert answers(egress=out) == ("unknown", "unknown")
    everywhere = [{"to": [{"ipBlock": {"cidr": "0.0.0.0/0"}}], "ports": BOTH}]
    assert answers(*dns(), egress=everywhere) == ("unknown", "unknown")


def test_a_cache_on_every_node_cannot_be_closed() -> None:
    cache = deployment("node-local-dns", "kube-system", hostNetwork=True)
    cache.body["spec"]["template"]["metadata"]["labels"] = {"k8s-app": "node-local-dns"}
    assert answers(*dns(), cache, egress=[]) == ("yes", "yes")


@pytest.mark.parametrize(
    "policies",
    [
        [],
        [policy(ingress=[])],
        [policy(egress=[])],
        [policy(egress=[{"to": [{"ipBlock": {"cidr": "10.0.0.0/8"}}]}])],
    ],
)
def test_pods_that_need_no_names_are_not_asked_about(policies: list[Resource]) -> None:
    assert lookups(index(WEB, *dns(), *policies), unit(WEB)) is None


def test_the_policy_that_is_there_to_isolate_is_named() -> None:
    deny = resource(
        "NetworkPolicy",
        "networking.k8s.io/v1",
        "zz-deny",
        "shop",
        spec={"podSelector": {}, "policyTypes": ["Egress"]},
    )
    found = lookups(index(WEB, DB, *dns(), policy(egress=[TO_DB]), deny), unit(WEB))
    assert found is not None
    assert (found["policy"], found["at"]["path"]) == ("NetworkPolicy/shop/zz-deny", ["spec", "policyTypes"])
