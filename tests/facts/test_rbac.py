"""Roles, bindings and service accounts are joined as the API server joins them."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from scanner.collect.interface import Location, Path, Resource
from scanner.evaluate.projection import Unit
from scanner.facts import rbac
from scanner.facts.index import Index

READER = """
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader, namespace: shop}
rules: [{apiGroups: [""], resources: [configmaps], verbs: [get]}]
"""
POD = """
apiVersion: v1
kind: Pod
metadata: {name: api, namespace: shop}
spec: {serviceAccountName: api, containers: []}
"""
ACCOUNT = """
apiVersion: v1
kind: ServiceAccount
metadata: {name: api, namespace: shop}
"""


class Nowhere:
    uri = "x.yaml"

    def locate(self, path: Path) -> Location:
        return Location(self.uri)


def index(*documents: str) -> Index:
    bodies = [body for text in documents for body in yaml.safe_load_all(text)]
    return Index([Resource(body, Nowhere()) for body in bodies], snapshot=True)


def unit(of: Index, kind: str, name: str = "") -> Unit:
    return next(Unit(r) for r in of.by_kind[kind] if name in ("", r.name))


def binding(kind: str, role: str, *subjects: dict[str, str], role_kind: str = "ClusterRole") -> str:
    return yaml.safe_dump(
        {
            "apiVersion": "rbac.authorization.k8s.io/v1",
            "kind": kind,
            "metadata": {"name": "given", **({"namespace": "shop"} if kind == "RoleBinding" else {})},
            "roleRef": {"apiGroup": rbac.GROUP, "kind": role_kind, "name": role},
            "subjects": list(subjects),
        }
    )


def cluster_role(name: str, verb: str = "get", **fields: Any) -> str:
    metadata = {"name": name, "labels": fields.pop("labels", {})}
    rules = [{"apiGroups": [""], "resources": ["pods"], "verbs": [verb]}]
    body = {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole", "metadata": metadata}
    return yaml.safe_dump({**body, "rules": rules, **fields})


def aggregating(name: str, label: str, **labels: str) -> str:
    rule = {"clusterRoleSelectors": [{"matchLabels": {label: "true"}}]}
    return cluster_role(name, labels=labels, rules=None, aggregationRule=rule)


def pod(of: Index) -> Unit:
    workload = of.workloads[0]
    return Unit(workload.resource, workload)


def account(of: Index) -> dict[str, bool]:
    return rbac.service_account(of, pod(of))


def permissions(of: Index) -> list[dict[str, Any]]:
    return rbac.permissions(of, pod(of))


@pytest.mark.parametrize(
    "subject",
    [
        {"kind": "ServiceAccount", "name": "api", "namespace": "shop"},
        {"kind": "ServiceAccount", "name": "api"},
        {"kind": "User", "name": "system:serviceaccount:shop:api"},
        {"kind": "Group", "name": "system:serviceaccounts"},
        {"kind": "Group", "name": "system:serviceaccounts:shop"},
        {"kind": "Group", "name": "system:authenticated"},
    ],
)
def test_subjects_that_are_a_pods_service_account(subject: dict[str, str]) -> None:
    of = index(POD, READER, binding("RoleBinding", "reader", subject, role_kind="Role"))
    (found,) = permissions(of)
    assert (found["binding"], found["namespace"]) == ("RoleBinding given", "shop")
    assert found["rules"][0]["resources"] == ["configmaps"]


@pytest.mark.parametrize(
    "subject",
    [
        {"kind": "ServiceAccount", "name": "api", "namespace": "stage"},
        {"kind": "ServiceAccount", "name": "web", "namespace": "shop"},
        {"kind": "Group", "name": "system:serviceaccounts:stage"},
        {"kind": "User", "name": "api"},
    ],
)
def test_subjects_that_are_not(subject: dict[str, str]) -> None:
    assert permissions(index(POD, READER, binding("RoleBinding", "reader", subject, role_kind="Role"))) == []


def test_account_named_twice_is_granted_once() -> None:
    subject = {"kind": "ServiceAccount", "name": "api", "namespace": "shop"}
    assert len(permissions(index(POD, binding("ClusterRoleBinding", "view", subject, subject)))) == 1


def test_default_roles_are_known_without_the_cluster() -> None:
    of = index(
        POD,
        binding("ClusterRoleBinding", "edit", {"kind": "ServiceAccount", "name": "api", "namespace": "shop"}),
    )
    (found,) = permissions(of)
    assert found["namespace"] == ""
    assert any("secrets" in rule["resources"] and "get" in rule["verbs"] for rule in found["rules"])


def test_role_at_hand_counts_before_the_default_one() -> None:
    of = index(cluster_role("view", "list"))
    assert rbac.access(of).rules(rbac.RoleRef("ClusterRole", "", "view")) == [
        {"apiGroups": [""], "resources": ["pods"], "verbs": ["list"]}
    ]


def test_aggregation_reaches_through_aggregated_roles() -> None:
    of = index(
        aggregating("outer", "to-outer"),
        aggregating("inner", "to-inner", **{"to-outer": "true"}),
        cluster_role("leaf", "patch", labels={"to-inner": "true"}),
        cluster_role("other", "delete"),
    )
    rules = rbac.access(of).rules(rbac.RoleRef("ClusterRole", "", "outer"))
    assert rules is not None
    assert [rule["verbs"] for rule in rules] == [["patch"]]


def test_roles_that_aggregate_each_other_end() -> None:
    of = index(aggregating("a", "to-a", **{"to-b": "true"}), aggregating("b", "to-b", **{"to-a": "true"}))
    assert rbac.access(of).rules(rbac.RoleRef("ClusterRole", "", "a")) == []


def test_use_of_roles() -> None:
    bound = binding("RoleBinding", "reader", role_kind="Role")
    leaf = cluster_role("leaf", labels={"to-outer": "true"})
    of = index(READER, leaf, aggregating("outer", "to-outer"), bound)
    assert rbac.used(of, unit(of, rbac.ROLE))
    assert rbac.used(of, unit(of, rbac.CLUSTER_ROLE, "leaf"))
    assert not rbac.used(of, unit(of, rbac.CLUSTER_ROLE, "outer"))


def test_role_binding_does_not_use_a_cluster_role_of_that_name() -> None:
    of = index(cluster_role("reader"), binding("RoleBinding", "reader", role_kind="Role"))
    assert not rbac.used(of, unit(of, rbac.CLUSTER_ROLE))


@pytest.mark.parametrize(
    ("kind", "role_kind", "role", "known"),
    [
        ("RoleBinding", "Role", "reader", True),
        ("RoleBinding", "Role", "writer", False),
        ("RoleBinding", "Role", "edit", False),
        ("RoleBinding", "ClusterRole", "edit", True),
        ("ClusterRoleBinding", "ClusterRole", "system:node", True),
        ("ClusterRoleBinding", "ClusterRole", "reader", False),
        ("RoleBinding", "Role", "extension-apiserver-authentication-reader", False),
        ("ClusterRoleBinding", "Role", "reader", False),
    ],
)
def test_known_roles(kind: str, role_kind: str, role: str, known: bool) -> None:
    of = index(READER, binding(kind, role, role_kind=role_kind))
    assert rbac.role_known(of, unit(of, f"{kind}.{rbac.GROUP}")) is known


def test_subjects() -> None:
    of = index(
        ACCOUNT,
        binding(
            "RoleBinding",
            "view",
            {"kind": "ServiceAccount", "name": "api"},
            {"kind": "User", "name": "system:serviceaccount:stage:web"},
            {"kind": "ServiceAccount", "name": "default", "namespace": "stage"},
            {"kind": "Group", "name": "support"},
        ),
    )
    found = rbac.subjects(of, unit(of, rbac.ROLE_BINDING))
    assert [(s["path"][1], s["kind"], s["namespace"], s["name"], s["known"]) for s in found] == [
        (0, "ServiceAccount", "shop", "api", True),
        (1, "ServiceAccount", "stage", "web", False),
        (2, "ServiceAccount", "stage", "default", True),
        (3, "Group", "", "support", True),
    ]


@pytest.mark.parametrize(
    ("of_pod", "of_account", "automounted"),
    [
        (None, None, True),
        (None, True, True),
        (None, False, False),
        (False, None, False),
        (False, True, False),
        (True, False, True),
        ("no", False, False),
    ],
)
def test_the_pods_word_on_its_token_counts_first(
    of_pod: Any, of_account: bool | None, automounted: bool
) -> None:
    body = yaml.safe_load(POD)
    if of_pod is not None:
        body["spec"]["automountServiceAccountToken"] = of_pod
    named = yaml.safe_load(ACCOUNT) | {"automountServiceAccountToken": of_account}
    assert account(index(yaml.safe_dump_all([body, named])))["automounted"] is automounted


def test_projected_token_counts_unless_it_is_for_others() -> None:
    for audience, token in (({}, True), ({"audience": "vault"}, False)):
        body = yaml.safe_load(POD)
        source = {"serviceAccountToken": {"path": "token", **audience}}
        body["spec"] |= {
            "automountServiceAccountToken": False,
            "volumes": ["x", {"name": "y", "projected": {"sources": [source]}}],
        }
        found = account(index(yaml.safe_dump(body)))
        assert (found["automounted"], found["token"]) == (False, token)


def test_service_account_of_a_pod() -> None:
    subject = {"kind": "ServiceAccount", "name": "api"}
    found = account(index(POD, ACCOUNT, binding("RoleBinding", "view", subject)))
    assert (found["default"], found["known"], found["granted"]) == (False, True, True)
    found = account(
        index(POD, binding("RoleBinding", "view", {"kind": "Group", "name": "system:authenticated"}))
    )
    assert (found["default"], found["known"], found["granted"]) == (False, False, False)


def test_mirror_pod_has_no_token() -> None:
    body = yaml.safe_load(POD)
    body["metadata"]["annotations"] = {rbac.MIRROR: "3e6e81c4"}
    found = account(index(yaml.safe_dump(body)))
    assert (found["mirror"], found["token"]) == (True, False)


@pytest.mark.parametrize("broken", ["x", 5, [], None, [None, "x"], {"a": 1}])
def test_fields_of_wrong_types_grant_nothing(broken: Any) -> None:
    bound = yaml.safe_load(binding("RoleBinding", "reader", role_kind="Role"))
    for field in ("roleRef", "subjects"):
        of = index(POD, READER, yaml.safe_dump(bound | {field: broken}))
        assert permissions(of) == []
        assert rbac.subjects(of, unit(of, rbac.ROLE_BINDING)) == []
    of = index(yaml.safe_dump(yaml.safe_load(cluster_role("x")) | {"rules": broken}))
    assert rbac.access(of).rules(rbac.RoleRef("ClusterRole", "", "x")) == []
    of = index(yaml.safe_dump(yaml.safe_load(cluster_role("x", rules=[])) | {"aggregationRule": broken}))
    assert rbac.access(of).rules(rbac.RoleRef("ClusterRole", "", "x")) == []
