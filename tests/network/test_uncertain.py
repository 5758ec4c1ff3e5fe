"""What is said of a list of connections that may be wrong."""

from __future__ import annotations

import pytest

from scanner.collect.interface import Resource
from scanner.facts.network.reach import Reach, reach
from scanner.network.connections import connections
from scanner.network.uncertain import uncertain
from tests.facts.network.workloads import admin, deployment, index, policy
from tests.facts.objects import resource

CILIUM = resource(
    "CiliumNetworkPolicy", "cilium.io/v2", "a", "shop", spec={"ingress": [{"fromEndpoints": [{}]}]}
)
DENYING = resource("CiliumClusterwideNetworkPolicy", "cilium.io/v2", "b", spec={"egressDeny": [{}]})
MAY = ", which is not worked out, may allow"
REFUSED = policy("bad", egress=[{"ports": [{"port": 0}]}])
HOST_BITS = policy("bits", ingress=[{"from": [{"ipBlock": {"cidr": "10.0.0.1/8"}}]}])


def plugin(image: str) -> Resource:
    found = deployment("cni", "kube-system", hostNetwork=True)
    found.body["spec"]["template"]["spec"]["containers"][0]["image"] = image
    return found


@pytest.mark.parametrize(
    ("objects", "expected"),
    [
        ([], []),
        ([policy()], []),
        (
            [CILIUM],
            [f"web[Deployment] ingress: CiliumNetworkPolicy/shop/a{MAY} less"],
        ),
        (
            [CILIUM, policy(ingress=[])],
            [f"web[Deployment] ingress: CiliumNetworkPolicy/shop/a{MAY} more"],
        ),
        (
            [CILIUM, admin("AdminNetworkPolicy", ingress=[{"action": "Deny", "from": [{"namespaces": {}}]}])],
            [f"web[Deployment] ingress: CiliumNetworkPolicy/shop/a{MAY} more or less"],
        ),
        (
            [DENYING, policy(egress=[])],
            [f"web[Deployment] egress: CiliumClusterwideNetworkPolicy/b{MAY} less"],
        ),
        (
            [REFUSED],
            [
                "web[Deployment] egress: NetworkPolicy/shop/bad, which the API server may not take, may "
                "allow more or less"
            ],
        ),
    ],
)
def test_policies_that_leave_workloads_uncertain(objects: list[Resource], expected: list[str]) -> None:
    known = reach(index(deployment(), deployment("agent", hostNetwork=True), *objects))
    found = uncertain(known, connections(known).members)
    refused = [line for line in found if "the API server would refuse" in line]
    assert len(refused) == objects.count(REFUSED)
    assert found[len(refused) :] == [f"uncertain: shop/{line}" for line in expected]


def test_workloads_that_are_not_shown_have_no_uncertain() -> None:
    known = reach(index(deployment(), deployment("web", "other"), CILIUM, HOST_BITS))
    (other,) = [member for member in connections(known).members if member.namespace == "other"]
    assert uncertain(known, [other]) == []


def test_what_a_policy_does_not_mean_is_said_with_its_place() -> None:
    known = reach(index(deployment(), HOST_BITS))
    (note,) = uncertain(known, connections(known).members)
    assert note.startswith("note: nowhere.yaml")
    assert "10.0.0.0/8" in note


@pytest.mark.parametrize(
    ("images", "expected"),
    [
        (
            ["docker.io/flannel/flannel:v1"],
            ["note: Flannel enforces no policies: as it stands everything is open"],
        ),
        (["docker.io/flannel/flannel:v1", "calico/node:v3.29.1"], []),
        (["registry.example.com/other:1"], []),
    ],
)
def test_a_plugin_that_enforces_nothing_is_said(images: list[str], expected: list[str]) -> None:
    daemons = [plugin(image) for image in images]
    for number, daemon in enumerate(daemons):
        daemon.body["metadata"]["name"] += str(number)
    known = reach(index(*daemons))
    assert uncertain(known, connections(known).members) == expected


@pytest.mark.parametrize(
    ("image", "asked", "expected"),
    [
        ("calico/node:v3.29.1", False, "note: Calico matches pods by ipBlock: --ipblock-pods yes shows"),
        ("calico/node:v3.29.1", True, ""),
        ("quay.io/cilium/cilium:v1.16.4", False, ""),
        ("registry.example.com/other:1", True, ""),
    ],
)
def test_a_plugin_that_reads_blocks_otherwise_is_said(image: str, asked: bool, expected: str) -> None:
    block = policy(ingress=[{"from": [{"ipBlock": {"cidr": "10.0.0.0/8"}}]}])
    for objects, said in (((block,), expected), ((policy(),), "")):
        known = Reach(index(deployment(), plugin(image), *objects), ipblock_pods=asked)
        found = uncertain(known, connections(known).members)
        assert "".join(found).startswith(said)
        assert bool(found) is bool(said)
