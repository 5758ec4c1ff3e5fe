"""Policies of plugins' own kinds leave those answers uncertain that they may turn round, and no others."""

from __future__ import annotations

from typing import Any

import pytest

from scanner.collect.interface import Resource
from scanner.facts.network.reach import reach
from scanner.facts.network.verdict import Judge, Verdict
from scanner.network.ends import Destination
from scanner.network.question import ask
from tests.facts.network.workloads import deployment, index, peer, policy
from tests.facts.objects import resource

WEB = {"matchLabels": {"app": "web"}}
CLOSED = policy("closed", ingress=[])
OPEN = policy("open", ingress=[{"from": [peer("shop")]}])


def verdict(*policies: Resource, to: str = "web") -> Verdict:
    """Whether shop/api may reach shop/web on a port."""
    known = reach(index(*map(deployment, ("api", "web", "db")), *policies))
    pods = {pod.workload.name: pod for pod in known.pods}
    return Judge(known).verdict(pods["api"], pods[to], "TCP", 8080)


def cilium(**spec: Any) -> Resource:
    return resource(
        "CiliumNetworkPolicy", "cilium.io/v2", "a", "shop", spec={"endpointSelector": WEB, **spec}
    )


def calico(**spec: Any) -> Resource:
    return resource(
        "GlobalNetworkPolicy", "projectcalico.org/v3", "a", spec={"selector": "app == 'web'", **spec}
    )


def egress_firewall() -> Resource:
    return resource(
        "EgressFirewall", "k8s.ovn.org/v1", "default", "shop", spec={"egress": [{"type": "Deny"}]}
    )


def mesh() -> Resource:
    return resource("AuthorizationPolicy", "security.istio.io/v1", "a", "shop", spec={"selector": WEB})


ALLOWS: dict[str, Any] = {"ingress": [{"fromEndpoints": [{}]}]}
DENIES: dict[str, Any] = {"ingressDeny": [{}]}


@pytest.mark.parametrize(
    ("foreign", "unlimited", "by_rule", "closed"),
    [
        (cilium(**ALLOWS), None, True, None),
        (cilium(**DENIES), None, None, False),
        (cilium(ingress=[{}]), None, True, False),
        (cilium(egress=[{}]), True, True, False),
        (cilium(**ALLOWS, enableDefaultDeny={"ingress": False}), True, True, None),
        (calico(ingress=[{"action": "Allow"}]), None, None, None),
        (calico(ingress=[{"action": "Deny"}]), None, None, False),
        (calico(types=["Egress"]), True, True, False),
        (egress_firewall(), None, None, False),
        (mesh(), None, None, False),
    ],
    ids=str,
)
def test_an_answer_is_uncertain_that_another_policy_may_turn_round(
    foreign: Resource, unlimited: bool | None, by_rule: bool | None, closed: bool | None
) -> None:
    found = [verdict(foreign, *others) for others in ((), (OPEN,), (CLOSED,))]
    assert [each.allowed for each in found] == [unlimited, by_rule, closed]
    for each in found:
        if each.allowed is None:
            (why,) = each.because
            assert why.startswith(f"{foreign.kind}/")
            assert "which is not worked out" in why


@pytest.mark.parametrize("foreign", [cilium(**ALLOWS), calico(), mesh()], ids=str)
def test_other_workloads_stay_certain(foreign: Resource) -> None:
    assert verdict(foreign, to="db").allowed is True
    assert verdict(foreign, CLOSED, to="db").allowed is False


def test_pods_that_only_another_policy_tells_apart_are_asked_apart() -> None:
    known = reach(index(*map(deployment, ("api", "web", "db")), cilium(**ALLOWS)))
    source = [pod for pod in known.pods if pod.workload.name == "api"]
    found = ask(known, source, Destination(((known.pods, 8080),)), "TCP")
    assert {answer.verdict.allowed for answer in found.answers} == {True, None}


@pytest.mark.parametrize(
    "spec", [None, [], "all", {"endpointSelector": "all", "ingress": "all"}, {"ingress": [1]}]
)
def test_a_policy_of_a_bad_shape_makes_no_fault(spec: Any) -> None:
    for kind in (
        "CiliumNetworkPolicy.cilium.io/v2",
        "NetworkPolicy.crd.projectcalico.org/v1",
        "NetworkPolicy.crd.antrea.io/v1beta1",
        "EgressFirewall.k8s.ovn.org/v1",
        "AuthorizationPolicy.security.istio.io/v1",
        "Server.policy.linkerd.io/v1beta3",
    ):
        name, _, api = kind.partition(".")
        bad = resource(name, api, "a", "shop", spec=spec)
        assert verdict(bad).allowed in (True, None)
        assert verdict(bad, CLOSED).allowed in (False, None)
