"""Kinds of the server, from answers that are odd."""

from __future__ import annotations

import json
from typing import Any

import pytest

from scanner.collect.cluster.discovery import Kind, discover
from scanner.collect.cluster.errors import ApiError
from scanner.collect.cluster.interface import JSON, MAX_BYTES, TRIES

Object = dict[str, Any]


class Answers:
    """A connection that knows some answers."""

    def __init__(self, answers: dict[str, Any]) -> None:
        self.answers = answers

    def get(
        self,
        path: str,
        accept: str = JSON,
        *,
        tries: int = TRIES,
        timeout: float | None = None,
        max_bytes: int = MAX_BYTES,
        **query: object,
    ) -> bytes:
        answer = self.answers.get(path, ApiError(404, "not found"))
        if isinstance(answer, ApiError):
            raise answer
        return json.dumps(answer).encode()


def resource(name: str, kind: str, **more: Any) -> Object:
    return {
        "resource": name,
        "responseKind": {"group": "", "version": "", "kind": kind},
        "scope": "Namespaced",
        "verbs": ["get", "list"],
        **more,
    }


def aggregated(*groups: Object) -> Answers:
    core = {"metadata": {}, "versions": [{"version": "v1", "resources": [resource("pods", "Pod")]}]}
    kind = "APIGroupDiscoveryList"
    return Answers({"/api": {"kind": kind, "items": [core]}, "/apis": {"kind": kind, "items": list(groups)}})


def group(name: str, *versions: Object) -> Object:
    return {"metadata": {"name": name, "creationTimestamp": None}, "versions": list(versions)}


def test_first_version_that_lists_a_resource_counts() -> None:
    new = {"version": "v2", "resources": [resource("a", "A"), resource("b", "B", verbs=["get"])]}
    old = {"version": "v1", "resources": [resource("a", "A"), resource("b", "B", scope="Cluster")]}
    found = discover(aggregated(group("example.com", new, old)))
    custom = [kind for kind in found.kinds if kind.group]
    assert custom == [
        Kind("example.com", "v2", "A", "a", True, custom=True),
        Kind("example.com", "v1", "B", "b", False, custom=True),
    ]
    assert [kind.path() for kind in custom] == ["/apis/example.com/v2/a", "/apis/example.com/v1/b"]
    assert custom[0].path("x/../y") == "/apis/example.com/v2/namespaces/x%2F..%2Fy/a"


def test_stale_group_that_is_remembered_is_still_tried() -> None:
    stale = {"version": "v1", "freshness": "Stale", "resources": [resource("a", "A")]}
    found = discover(aggregated(group("example.com", stale)))
    assert [kind.stale for kind in found.kinds if kind.group] == [True]
    assert found.failed == []


def test_one_stale_version_of_two() -> None:
    stale = {"version": "v2", "freshness": "Stale", "resources": []}
    fresh = {"version": "v1", "freshness": "Current", "resources": [resource("a", "A")]}
    found = discover(aggregated(group("example.com", stale, fresh)))
    assert [(lost.group, lost.version) for lost in found.failed] == [("example.com", "v2")]
    assert [kind.version for kind in found.kinds if kind.group] == ["v1"]


@pytest.mark.parametrize(
    "version",
    [
        {"version": "v1", "resources": None},
        {"version": "v1"},
        {"version": "v1", "resources": [{"resource": "a"}]},
        {"version": "v1", "resources": [resource("a", "A", verbs=None)]},
        {"version": "v1", "resources": [resource("a", "A", responseKind=None)]},
        {"version": "v1", "resources": [resource("a/status", "A")]},
    ],
)
def test_versions_without_anything_to_list(version: Object) -> None:
    found = discover(aggregated(group("example.com", version)))
    assert [kind.resource for kind in found.kinds] == ["pods"]
    assert found.failed == []


@pytest.mark.parametrize(
    "answer", [3, [], {"kind": "APIGroupDiscoveryList", "items": 3}, {"items": [{"versions": 3}]}]
)
def test_malformed_discovery_is_a_failure(answer: Any) -> None:
    answers = aggregated()
    answers.answers["/apis"] = answer
    found = discover(answers)
    assert [kind.resource for kind in found.kinds] == ["pods"]
    assert [lost.group for lost in found.failed] == ["*"]


def test_group_that_says_not_found_is_a_failure() -> None:
    answers = Answers(
        {
            "/api": {"kind": "APIVersions", "versions": ["v1"]},
            "/api/v1": {
                "kind": "APIResourceList",
                "resources": [{"name": "pods", "kind": "Pod", "namespaced": True, "verbs": ["list"]}],
            },
            "/apis": {
                "kind": "APIGroupList",
                "groups": [{"name": "example.com", "versions": [{"version": "v1"}]}],
            },
        }
    )
    found = discover(answers)
    assert [kind.resource for kind in found.kinds] == ["pods"]
    assert [(lost.group, lost.error.status) for lost in found.failed] == [("example.com", 404)]


def test_preferred_version_of_the_classic_form() -> None:
    listed = {"kind": "APIResourceList", "resources": [{"name": "a", "kind": "A", "verbs": ["list"]}]}
    answers = aggregated()
    answers.answers["/apis"] = {
        "kind": "APIGroupList",
        "groups": [
            {
                "name": "example.com",
                "versions": [{"version": "v1"}, {"version": "v2"}],
                "preferredVersion": {"version": "v2"},
            }
        ],
    }
    answers.answers |= {"/apis/example.com/v1": listed, "/apis/example.com/v2": listed}
    assert [kind.version for kind in discover(answers).kinds if kind.group] == ["v2"]
