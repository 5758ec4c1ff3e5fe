"""LimitRanges give limits and requests as the API server fills them in."""

from __future__ import annotations

from typing import Any

from scanner.evaluate.projection import Unit
from scanner.facts.index import Index
from scanner.facts.limit_ranges import defaults

from .test_pod_specs import resource


def found(*limits: dict[str, Any], namespace: str = "shop") -> dict[str, list[str]]:
    ranges = resource(
        {
            "apiVersion": "v1",
            "kind": "LimitRange",
            "metadata": {"name": "limits", "namespace": "shop"},
            "spec": {"limits": list(limits)},
        }
    )
    pod = resource({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a", "namespace": namespace}})
    return dict(defaults(Index([ranges, pod], snapshot=False), Unit(pod)))


def test_a_maximum_is_the_default_limit_and_a_limit_the_default_request() -> None:
    assert found({"type": "Container", "default": {"cpu": 1}, "max": {"memory": "1Gi"}}) == {
        "limits": ["cpu", "memory"],
        "requests": ["cpu", "memory"],
    }


def test_a_minimum_is_a_default_request() -> None:
    assert found({"type": "Container", "defaultRequest": {"cpu": 1}, "min": {"memory": "1Mi"}}) == {
        "limits": [],
        "requests": ["cpu", "memory"],
    }


def test_limits_of_pods_and_of_other_namespaces_give_nothing() -> None:
    assert found({"type": "Pod", "max": {"cpu": 1}}) == {"limits": [], "requests": []}
    assert found({"type": "Container", "max": {"cpu": 1}}, namespace="other") == {
        "limits": [],
        "requests": [],
    }
