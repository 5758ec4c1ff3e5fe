"""The role that `kubeassay cluster access` prints is enough for a whole scan, on a real API server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from scanner.cli.app import run
from tests.e2e.cluster import accounts
from tests.e2e.cluster.client import Client
from tests.e2e.cluster.harness import Cluster
from tests.e2e.cluster.scanned import Scanned
from tests.e2e.cluster.test_trouble import wait_until

pytestmark = pytest.mark.e2e

WIDGETS = {
    "apiVersion": "apiextensions.k8s.io/v1",
    "kind": "CustomResourceDefinition",
    "metadata": {"name": "gears.access.example.com"},
    "spec": {
        "group": "access.example.com",
        "scope": "Namespaced",
        "names": {"kind": "Gear", "plural": "gears", "singular": "gear", "listKind": "GearList"},
        "versions": [
            {"name": "v1", "served": True, "storage": True, "schema": {"openAPIV3Schema": {"type": "object"}}}
        ],
    },
}


@pytest.fixture
def applied(cluster: Cluster, capsys: pytest.CaptureFixture[str]) -> Iterator[list[dict[str, Any]]]:
    """The manifests, applied as they are."""
    admin = cluster.kubeconfig("admin")
    assert run(["cluster", "access", "--kubeconfig", str(admin), "-o", "yaml"]) == 0
    documents = list(yaml.safe_load_all(capsys.readouterr().out))
    for document in documents:
        cluster.admin.apply(document)
    yield documents
    for document in documents:
        if document["kind"] in ("ClusterRole", "ClusterRoleBinding"):
            cluster.admin.delete(document)


def test_the_role_is_enough(cluster: Cluster, applied: list[dict[str, Any]]) -> None:
    [account] = [each["metadata"] for each in applied if each["kind"] == "ServiceAccount"]
    token = cluster.token(account["namespace"], account["name"])
    kubeconfig = cluster.kubeconfig("scanner", token=token)
    assert run(["cluster", "access", "--kubeconfig", str(kubeconfig)]) == 0
    scanned = Scanned(kubeconfig)
    assert scanned.collection.problems == []
    assert scanned.status("secrets") == ("ok", "")


def test_a_permission_less_is_seen(
    cluster: Cluster, applied: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    [account] = [each["metadata"] for each in applied if each["kind"] == "ServiceAccount"]
    [role] = [each for each in applied if each["kind"] == "ClusterRole"]
    rules = [rule for rule in role["rules"] if rule["resources"] != ["secrets"]]
    cluster.admin.apply({**role, "rules": rules})
    token = cluster.token(account["namespace"], account["name"])
    kubeconfig = cluster.kubeconfig("scanner", token=token)
    client = Client("127.0.0.1", cluster.port, cluster.certificates.ca, token=token)
    wait_until(lambda: client.request("GET", "/api/v1/secrets?limit=1")[0] == 403)
    capsys.readouterr()
    assert run(["cluster", "access", "--kubeconfig", str(kubeconfig)]) == 3
    out = capsys.readouterr().out
    assert "account: system:serviceaccount:kubeassay-scanner:scanner\n" in out
    assert "are missing:\n  secrets  list\n\n" in out
    assert Scanned(kubeconfig).status("secrets")[0] == "forbidden"


def test_custom_resources_are_in_the_role(cluster: Cluster, capsys: pytest.CaptureFixture[str]) -> None:
    cluster.admin.create(WIDGETS)
    try:
        admin = cluster.kubeconfig("admin")
        wait_until(lambda: "gears" in str(cluster.admin.request("GET", "/apis/access.example.com/v1")))
        assert run(["cluster", "access", "--kubeconfig", str(admin), "-o", "yaml"]) == 0
        documents = list(yaml.safe_load_all(capsys.readouterr().out))
        [role] = [each for each in documents if each["kind"] == "ClusterRole"]
        [rule] = [rule for rule in role["rules"] if rule["apiGroups"] == ["access.example.com"]]
        assert rule["resources"] == ["gears"]
    finally:
        cluster.admin.delete(WIDGETS)
        wait_until(lambda: "gears" not in str(cluster.admin.request("GET", "/apis/access.example.com/v1")))


def test_an_account_without_half_of_the_permissions(
    account: Callable[[str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    kubeconfig = account(accounts.LIMITED)
    assert run(["cluster", "access", "--kubeconfig", str(kubeconfig)]) == 3
    out = capsys.readouterr().out
    scanned = Scanned(kubeconfig)
    forbidden = {name for name, kind in scanned.kinds.items() if kind["status"] == "forbidden"}
    assert {line.split()[0] for line in out.splitlines() if line.endswith("  list")} == forbidden
