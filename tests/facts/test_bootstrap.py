"""Roles and bindings that every cluster has, and those that only look like them."""

from __future__ import annotations

from typing import Any

import pytest

from scanner.evaluate.projection import Unit
from scanner.facts import rbac
from scanner.facts.bootstrap import default_rules, origin
from scanner.facts.holders import note
from scanner.facts.index import Index
from tests.live import Body, live

API = "rbac.authorization.k8s.io/v1"
LABELS = {"kubernetes.io/bootstrapping": "rbac-defaults"}


def role(name: str, *rules: Body, kind: str = "ClusterRole", namespace: str = "", **more: Any) -> Body:
    metadata: Body = {"name": name, "labels": dict(LABELS)}
    if namespace:
        metadata["namespace"] = namespace
    return {"apiVersion": API, "kind": kind, "metadata": metadata, "rules": list(rules), **more}


def binding(name: str, of: str, *subjects: Body, namespace: str = "", kind: str = "ClusterRole") -> Body:
    metadata: Body = {"name": name, "labels": dict(LABELS)}
    if namespace:
        metadata["namespace"] = namespace
    reference = {"apiGroup": "rbac.authorization.k8s.io", "kind": kind, "name": of}
    bound = "RoleBinding" if namespace else "ClusterRoleBinding"
    return {
        "apiVersion": API,
        "kind": bound,
        "metadata": metadata,
        "roleRef": reference,
        "subjects": list(subjects),
    }


def group(name: str) -> Body:
    return {"apiGroup": "rbac.authorization.k8s.io", "kind": "Group", "name": name}


def account(name: str, namespace: str = "shop") -> Body:
    return {"kind": "ServiceAccount", "name": name, "namespace": namespace}


def allow(group: str, resources: str, verbs: str, **more: Any) -> Body:
    return {"apiGroups": [group], "resources": resources.split(), "verbs": verbs.split(), **more}


SECRETS = allow("", "secrets", "get list")


def of(body: Body, *others: Body, **facts: Any) -> dict[str, Any] | None:
    resources = [live(each) for each in (body, *others)]
    if facts:
        resources.append(
            live(
                {"apiVersion": "kubeassay.dev/v1", "kind": "ClusterFacts", "metadata": {"name": "c"}, **facts}
            )
        )
    return origin(Index(resources, snapshot=True), Unit(resources[0]))


@pytest.mark.parametrize(
    "name", ["cluster-admin", "system:node", "system:kube-scheduler", "system:controller:job-controller"]
)
def test_the_default_content_is_kubernetes_own(name: str) -> None:
    rules = default_rules("ClusterRole", "", name)
    assert rules
    assert of(role(name, *map(dict, rules))) == {"maker": "Kubernetes", "beyond": []}


def test_less_than_the_default_is_kubernetes_own_too() -> None:
    narrower = allow("", "configmaps", "get", resourceNames=["kubelet-config"])
    found = of(role("kubeadm:kubelet-config", narrower, kind="Role", namespace="kube-system"))
    assert found == {"maker": "kubeadm", "beyond": []}


@pytest.mark.parametrize(
    ("added", "beyond"),
    [
        (SECRETS, [1]),
        (allow("*", "*", "*"), [1]),
        ({"nonResourceURLs": ["/debug"], "verbs": ["get"]}, [1]),
        (allow("authorization.k8s.io", "selfsubjectaccessreviews", "create"), []),
    ],
)
def test_what_was_added_to_a_default_role_is_told(added: Body, beyond: list[int]) -> None:
    own = allow("authorization.k8s.io", "selfsubjectrulesreviews", "create")
    assert of(role("system:basic-user", own, added)) == {"maker": "Kubernetes", "beyond": beyond}


def test_a_named_permission_does_not_cover_one_without_names() -> None:
    found = of(
        role("kubeadm:kubelet-config", allow("", "configmaps", "get"), kind="Role", namespace="kube-system")
    )
    assert found == {"maker": "kubeadm", "beyond": [0]}


@pytest.mark.parametrize("name", ["system:mine", "kubeadm:mine", "eks:addon-manager"])
def test_a_name_or_label_of_kubernetes_is_no_proof(name: str) -> None:
    assert of(role(name, SECRETS)) is None


def test_roles_of_a_provider_are_its_own_where_it_runs_the_cluster() -> None:
    addon = role("eks:addon-manager", SECRETS)
    assert of(addon, gitVersion="v1.34.1-eks-113cf36") == {"maker": "Amazon EKS", "beyond": []}
    assert of(addon, gitVersion="v1.34.1") is None
    node = {
        "apiVersion": "v1",
        "kind": "Node",
        "metadata": {"name": "n", "labels": {"kubernetes.azure.com/cluster": "x"}},
    }
    assert of(role("aks-service", SECRETS), node) == {"maker": "Azure Kubernetes Service", "beyond": []}


def test_subjects_that_kubernetes_binds_itself() -> None:
    name = "system:controller:job-controller"
    bound = binding(name, name, account("job-controller", "kube-system"), account("mine"))
    index = Index([live(bound)], snapshot=True)
    assert [found["own"] for found in rbac.subjects(index, Unit(index.resources[0]))] == [True, False]
    other = binding(name, "cluster-admin", account("job-controller", "kube-system"))
    index = Index([live(other)], snapshot=True)
    assert [found["own"] for found in rbac.subjects(index, Unit(index.resources[0]))] == [False]


def held(body: Body, *others: Body, unread: tuple[str, ...] = ()) -> str:
    resources = [live(each) for each in (body, *others)]
    kinds = [
        {"group": "rbac.authorization.k8s.io", "kind": kind, "status": "forbidden", "reason": "403"}
        for kind in unread
    ]
    facts = {
        "apiVersion": "kubeassay.dev/v1",
        "kind": "ClusterFacts",
        "metadata": {"name": "c"},
        "kinds": kinds,
    }
    index = Index([*resources, live(facts)], snapshot=True)
    return note(index, index.resources[0])


def test_who_holds_a_role_is_said_with_the_bindings() -> None:
    reader = role("reader", SECRETS)
    assert held(reader) == "; no binding grants it to anybody"
    assert held(reader, binding("a", "reader", account("api"), namespace="shop")) == (
        "; held by ServiceAccount shop/api (RoleBinding shop/a)"
    )
    assert held(
        reader,
        binding("all", "reader", group("system:authenticated"), group("system:serviceaccounts:shop")),
        binding("more", "reader", *(account(f"a{number}") for number in range(5))),
    ) == (
        "; held by Group system:authenticated, everybody with a credential (ClusterRoleBinding all), "
        "Group system:serviceaccounts:shop, every service account of shop (ClusterRoleBinding all), "
        "ServiceAccount shop/a0 (ClusterRoleBinding more) and 4 more"
    )


def test_who_holds_an_aggregated_role_holds_its_parts() -> None:
    part = role("part", SECRETS)
    part["metadata"]["labels"] = {"aggregate": "yes"}
    whole = role("whole", aggregationRule={"clusterRoleSelectors": [{"matchLabels": {"aggregate": "yes"}}]})
    whole["metadata"]["labels"] = {"to": "top"}
    top = role("top", aggregationRule={"clusterRoleSelectors": [{"matchLabels": {"to": "top"}}]})
    assert held(part, whole, top, binding("b", "top", group("devs"))) == (
        "; held by Group devs (ClusterRoleBinding b, through ClusterRole top)"
    )


def test_bindings_that_could_not_be_read_leave_it_open() -> None:
    reader = role("reader", SECRETS)
    assert "is not known" in held(reader, unread=("RoleBinding",))
    assert held(reader, binding("b", "reader", group("devs")), unread=("RoleBinding",)).endswith(
        "(ClusterRoleBinding b), perhaps others"
    )
