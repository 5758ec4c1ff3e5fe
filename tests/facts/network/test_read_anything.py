"""No network policy is too odd to be read."""

from __future__ import annotations

import random
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from scanner.collect.interface import Resource
from scanner.facts.index import Index
from scanner.facts.network.reach import reach
from tests.facts.network.shapes import EVERYONE, admin, cluster, network_policy
from tests.facts.objects import Nowhere, resource

TERM = {"key": "a", "operator": "In", "values": ["b"]}
WHOLE = [
    network_policy(
        {
            "podSelector": {"matchLabels": {"app": "a"}},
            "policyTypes": ["Ingress", "Egress"],
            "ingress": [
                {
                    "from": [{"ipBlock": {"cidr": "10.0.0.0/8", "except": ["10.1.0.0/16"]}}],
                    "ports": [{"protocol": "UDP", "port": 80, "endPort": 90}, {"port": "http"}],
                }
            ],
            "egress": [{"to": [{"podSelector": {"matchExpressions": [TERM]}}]}],
        }
    ),
    admin(
        {
            "priority": 1,
            "subject": {"pods": {"namespaceSelector": {}, "podSelector": {}}},
            "ingress": [
                {"name": "a", "action": "Pass", "from": [EVERYONE], "ports": [{"namedPort": "http"}]}
            ],
            "egress": [
                {
                    "action": "Deny",
                    "to": [{"nodes": {}}, {"networks": ["10.0.0.0/8"]}, {"domainNames": ["a.b"]}],
                    "ports": [
                        {"portNumber": {"protocol": "TCP", "port": 1}},
                        {"portRange": {"protocol": "UDP", "start": 1, "end": 2}},
                    ],
                }
            ],
        }
    ),
    cluster(
        {
            "tier": "Baseline",
            "priority": 1,
            "subject": EVERYONE,
            "egress": [
                {
                    "action": "Accept",
                    "to": [EVERYONE],
                    "protocols": [
                        {"tcp": {"destinationPort": {"range": {"start": 1, "end": 2}}}},
                        {"destinationNamedPort": "http"},
                    ],
                }
            ],
        }
    ),
]
JUNK: list[Callable[[random.Random], Any]] = [
    lambda _: None,
    lambda r: r.choice([True, False, 0, -1, 80, 65536, 2**70, 1.5]),
    lambda r: r.choice(["", "x", "10.0.0.0/8", "::/0", "Deny", "TCP", "é\u0000"]),
    lambda _: [],
    lambda _: {},
    lambda r: [junk(r)],
    lambda r: [junk(r), junk(r)],
    lambda r: {r.choice(["", "a", "podSelector", "cidr", "port", "namespaces", "key"]): junk(r)},
]


def junk(source: random.Random) -> Any:
    return source.choice(JUNK)(source)


def places(body: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    keys = list(body) if isinstance(body, dict) else range(len(body)) if isinstance(body, list) else []
    return [path, *(found for key in keys for found in places(body[key], (*path, key)))]


@pytest.mark.parametrize("policy", WHOLE, ids=lambda policy: policy.kind)
def test_anything_in_any_place_is_read(policy: Resource) -> None:
    source = random.Random(5)
    pod = resource("Pod", "v1", "p", "shop", {"app": "a"}, spec={"containers": [{"name": "c"}]})
    for path in places(policy.body["spec"]):
        for _ in range(12):
            body = deepcopy(dict(policy.body))
            parent: Any = body
            for key in ("spec", *path)[:-1]:
                parent = parent[key]
            parent[("spec", *path)[-1]] = junk(source)
            known = reach(Index([Resource(body, Nowhere()), pod], snapshot=True))
            for group in known.groups.all:
                known.destinations(group)
                known.sources(group)
            assert all(flaw.message and flaw.path for flaw in known.policies[0].flaws)
