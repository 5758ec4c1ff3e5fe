"""Names of labels and annotations, and selectors that do not match."""

from __future__ import annotations

from typing import Any

import pytest

from scanner.evaluate.projection import Unit
from scanner.facts.index import Index
from scanner.facts.metadata import annotation_names, label_names, unmatched_selector
from scanner.facts.workload import workloads

from .test_pod_specs import resource

NOTHING = Index([], snapshot=False)


def test_names_of_what_has_a_value() -> None:
    body = {"metadata": {"labels": {"b": "1", "a": "2", "c": ""}, "annotations": {"d": None, "e": "x"}}}
    unit = Unit(resource(body))
    assert label_names(NOTHING, unit) == ["a", "b"]
    assert annotation_names(NOTHING, unit) == ["e"]
    assert label_names(NOTHING, Unit(resource({"metadata": {"labels": "none"}}))) == []


@pytest.mark.parametrize(
    ("kind", "version", "selector", "matches"),
    [
        ("Deployment", "apps/v1", {"matchLabels": {"app": "a"}}, True),
        ("Deployment", "apps/v1", {"matchLabels": {"app": "b"}}, False),
        ("Deployment", "apps/v1", {"matchExpressions": [{"key": "tier", "operator": "Exists"}]}, False),
        ("Deployment", "apps/v1beta1", None, True),
        ("ReplicationController", "v1", {"app": "a"}, True),
        ("ReplicationController", "v1", {"app": "b"}, False),
    ],
)
def test_unmatched_selector(kind: str, version: str, selector: Any, matches: bool) -> None:
    template = {"metadata": {"labels": {"app": "a"}}, "spec": {"containers": []}}
    body = {"apiVersion": version, "kind": kind, "spec": {"selector": selector, "template": template}}
    (workload,) = workloads(resource(body))
    found = unmatched_selector(NOTHING, Unit(workload.resource, workload))
    assert found == (None if matches else {"selector": selector, "labels": {"app": "a"}})


def test_no_selector_where_one_must_be() -> None:
    template = {"metadata": {"labels": {"app": "a"}}, "spec": {"containers": []}}
    body = {"apiVersion": "apps/v1", "kind": "Deployment", "spec": {"template": template}}
    (workload,) = workloads(resource(body))
    found = unmatched_selector(NOTHING, Unit(workload.resource, workload))
    assert found == {"selector": {}, "labels": {"app": "a"}}
