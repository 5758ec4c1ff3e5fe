"""What is judged of a cluster of which only a part was asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from scanner.catalog import catalog as catalogs
from scanner.catalog.model import Catalog
from scanner.errors import UsageError
from scanner.evaluate import absent
from scanner.evaluate.projection import units
from scanner.facts.index import Index
from scanner.facts.scope import parse_selector
from tests.live import Body, controller, live, made, pod, replica_set, spec

LABELS = {"app": "web", "tier": "front"}


@pytest.mark.parametrize(
    ("selector", "matches"),
    [
        ("", True),
        ("app=web", True),
        ("app==web,tier=front", True),
        ("app=api", False),
        ("app!=api", True),
        ("missing!=x", True),
        ("tier in (front, back)", True),
        ("tier in (back)", False),
        ("tier notin (back),app", True),
        ("missing notin (a)", True),
        ("missing in (a)", False),
        ("!missing", True),
        ("!app", False),
        ("example.com/app", False),
    ],
)
def test_label_selectors_mean_what_they_mean_to_kubectl(selector: str, matches: bool) -> None:
    assert all(requirement(LABELS) for requirement in parse_selector(selector)) is matches


@pytest.mark.parametrize("selector", ["app in web", "a=b=c", "app,", "a b", "!"])
def test_a_selector_that_cannot_be_read_is_an_error(selector: str) -> None:
    with pytest.raises(UsageError, match="is no label selector"):
        parse_selector(selector)


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return catalogs.load()


def index(**scope: Any) -> Index:
    web = controller("Deployment", "web", spec())
    web["metadata"]["labels"] = {"team": "a"}
    current = replica_set(web)
    odd = pod(current, "web-1", hostPID=True)
    api = controller("Deployment", "api", spec())
    for body in (api,):
        body["metadata"]["namespace"] = "pay"
    bodies: list[Body] = [
        {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop"}},
        {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "pay", "labels": {"team": "b"}}},
        web,
        current,
        odd,
        api,
        made("ConfigMap", "v1", "settings", labels={"team": "a"}),
        {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole", "metadata": {"name": "r"}},
        {
            "apiVersion": "kubeassay.dev/v1",
            "kind": "ClusterFacts",
            "metadata": {"name": "c"},
            "scope": {"namespaces": [], "exceptNamespaces": [], "selector": "", **scope},
        },
    ]
    return Index([live(body) for body in bodies], snapshot=True)


def names(catalog: Catalog, rule: str, found: Index) -> list[str]:
    return [unit.namespace or unit.resource.name for unit in units(found, catalog.rules[rule])]


@pytest.mark.parametrize(
    ("scope", "workloads", "namespaces", "roles", "cluster"),
    [
        ({}, ["web", "api", "web-1"], ["shop", "pay"], ["r"], ["c"]),
        ({"namespaces": ["shop"]}, ["web", "web-1"], ["shop"], [], []),
        ({"exceptNamespaces": ["shop"]}, ["api"], ["pay"], ["r"], ["c"]),
        ({"namespaces": ["shop", "pay"], "exceptNamespaces": ["pay"]}, ["web", "web-1"], ["shop"], [], []),
        ({"selector": "team=a"}, ["web", "web-1"], ["shop"], [], ["c"]),
        ({"selector": "app=api"}, ["api"], ["pay"], [], ["c"]),
        ({"selector": "team=b"}, [], ["pay"], [], ["c"]),
    ],
)
def test_what_was_asked_for_is_judged(
    catalog: Catalog,
    scope: dict[str, Any],
    workloads: list[str],
    namespaces: list[str],
    roles: list[str],
    cluster: list[str],
) -> None:
    found = index(**scope)
    assert names(catalog, "workload.host_pid", found) == workloads
    assert names(catalog, "namespace.pod_security_not_enforced", found) == namespaces
    assert names(catalog, "rbac.wildcard_verbs", found) == roles
    assert [r.name for r in found.by_kind["ClusterFacts.kubeassay.dev"]] == ["c"]
    assert len(found.by_kind["Deployment.apps"]) == 2  # facts see everything


def test_objects_are_selected_by_their_own_labels(catalog: Catalog) -> None:
    found = index(selector="team=a")
    assert names(catalog, "namespace.default_namespace_used", found) == [
        "shop",
        "web",
        "settings",
    ]


@pytest.mark.parametrize("scope", [{"namespaces": ["shop"]}, {"selector": "team=a"}])
def test_parts_of_kubernetes_are_left_out_where_some_objects_were_asked_for(
    catalog: Catalog, scope: dict[str, Any]
) -> None:
    rule = replace(catalog.rules["workload.host_pid"], over="component", kinds=("etcd",))
    said = absent.split(index(**scope), [rule])[1]
    assert [judgement.outcome.unknown for judgement in said] == [()]
    assert said[0].outcome.not_applicable
