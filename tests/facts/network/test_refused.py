"""What a policy does that the API server would refuse is not known, whomever it may be about."""

from __future__ import annotations

from typing import Any

import pytest

from scanner.facts.index import Index
from scanner.facts.network.reach import reach
from scanner.facts.network.verdict import Judge
from tests.facts.network.shapes import EVERYONE, admin, network_policy
from tests.facts.objects import resource

UNREADABLE: list[Any] = [
    "app",
    {"app": "web"},
    {"matchLabels": ["web"]},
    {"matchExpressions": [{"key": "app", "operator": "Equals", "values": ["web"]}]},
]


def verdict(*policies: Any) -> bool | None:
    """Whether shop/api may reach shop/web."""
    spec = {"containers": [{"name": "c"}]}
    pods = [resource("Pod", "v1", name, "shop", {"app": name}, spec=spec) for name in ("api", "web")]
    known = reach(Index([*policies, *pods], snapshot=True))
    api, web = known.pods
    return Judge(known).verdict(api, web, "TCP", 80).allowed


@pytest.mark.parametrize("selector", UNREADABLE, ids=str)
def test_a_selector_that_cannot_be_read_may_select_anyone(selector: Any) -> None:
    assert verdict(network_policy({"podSelector": selector})) is None
    rule = {"action": "Deny", "from": [EVERYONE]}
    subject = {"pods": {"namespaceSelector": {}, "podSelector": selector}}
    assert verdict(admin({"priority": 1, "subject": subject, "ingress": [rule]})) is None
    assert verdict(admin({"priority": 1, "subject": {}, "ingress": [rule]})) is None


def test_what_can_be_read_of_a_selector_still_counts() -> None:
    unknown = {"key": "tier", "operator": "Is", "values": ["a"]}
    for app, expected in (("web", None), ("other", True)):
        selector = {"matchLabels": {"app": app}, "matchExpressions": [unknown]}
        assert verdict(network_policy({"podSelector": selector})) is expected


def test_a_flaw_that_changes_no_answer_is_none() -> None:
    refused = network_policy({"podSelector": {}, "ingress": [{"ports": [{"port": 0}]}]}, "refused")
    assert verdict(refused) is None
    assert verdict(refused, network_policy({"podSelector": {}}, "closed")) is False
    assert verdict(refused, network_policy({"podSelector": {}, "ingress": [{}]}, "open")) is True
