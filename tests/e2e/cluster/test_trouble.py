"""A real cluster in trouble while it is collected: what was missed is said, and what can be had is had."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scanner.collect.cluster import client as client_module
from tests.e2e.cluster import accounts
from tests.e2e.cluster.client import Refusal
from tests.e2e.cluster.conftest import MANY
from tests.e2e.cluster.harness import Cluster
from tests.e2e.cluster.proxy import Proxy
from tests.e2e.cluster.scanned import Object, Scanned

pytestmark = pytest.mark.e2e

Account = Callable[[str], Path]
LIST = "/api/v1/configmaps"

WIDGETS: Object = {
    "apiVersion": "apiextensions.k8s.io/v1",
    "kind": "CustomResourceDefinition",
    "metadata": {"name": "widgets.example.com"},
    "spec": {
        "group": "example.com",
        "scope": "Cluster",
        "names": {"kind": "Widget", "plural": "widgets", "singular": "widget", "listKind": "WidgetList"},
        "versions": [
            {
                "name": "v1",
                "served": True,
                "storage": True,
                "schema": {
                    "openAPIV3Schema": {"type": "object", "x-kubernetes-preserve-unknown-fields": True}
                },
            }
        ],
    },
}


@pytest.fixture
def kubeconfig(through: Account) -> Path:
    return through(accounts.READER)


def whole(scanned: Scanned) -> bool:
    """Whether all ConfigMaps are there, each once."""
    assert scanned.kinds["configmaps"]["count"] == len(scanned.objects("ConfigMap"))
    return len([n for n in scanned.objects("ConfigMap") if n.startswith("many/settings-")]) == MANY


def wait_until(true: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_the_api_server_is_killed_in_mid_list_and_comes_back(
    cluster: Cluster, proxy: Proxy, kubeconfig: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client_module, "_RESTART", 60)

    def restart() -> None:
        proxy.go_away()
        cluster.kill_apiserver()
        cluster.start_apiserver()
        proxy.come_back()

    killed = proxy.fault(LIST, skip=1, times=1, then=restart)
    scanned = Scanned(kubeconfig)
    assert killed.times == 0
    assert whole(scanned)
    assert not [k["reason"] for k in scanned.kinds.values() if k["status"] not in {"ok", "excluded"}]


def test_the_api_server_is_killed_in_mid_list_and_stays_away(
    cluster: Cluster, proxy: Proxy, kubeconfig: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client_module, "_RESTART", 2)

    def kill() -> None:
        proxy.go_away()
        cluster.kill_apiserver()

    proxy.fault(LIST, skip=1, times=1, then=kill)
    start = time.monotonic()
    try:
        scanned = Scanned(kubeconfig)
        assert time.monotonic() - start < 20
    finally:
        cluster.start_apiserver()
    status, reason = scanned.status("configmaps")
    assert status == "partial"
    assert "only the first 500 objects" in reason
    assert any(kind["status"] == "failed" for kind in scanned.kinds.values())
    assert scanned.collection.problems


def test_a_continue_token_that_expired(cluster: Cluster, proxy: Proxy, kubeconfig: Path) -> None:
    proxy.fault(LIST, skip=1, times=1, then=cluster.compact)
    scanned = Scanned(kubeconfig)
    assert 410 in [code for path, code in proxy.answers if path.startswith(LIST)]
    assert whole(scanned)
    assert scanned.status("configmaps") == ("ok", "")


def test_tokens_that_always_expire(proxy: Proxy, kubeconfig: Path) -> None:
    proxy.fault(LIST, status=410, skip=1)
    scanned = Scanned(kubeconfig)
    status, reason = scanned.status("configmaps")
    assert status in {"partial", "failed"}
    assert "410" in reason


@pytest.mark.parametrize("code", [429, 500, 503])
def test_a_server_that_has_too_much_to_do_for_a_while(proxy: Proxy, kubeconfig: Path, code: int) -> None:
    proxy.fault("/api*", status=code, headers={"Retry-After": "1"}, skip=5, times=6)
    scanned = Scanned(kubeconfig)
    assert whole(scanned)
    assert not scanned.collection.problems


def test_a_kind_whose_server_never_has_time(
    proxy: Proxy, kubeconfig: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client_module, "_PATIENCE", 3)
    proxy.fault(LIST, status=429, message="too many requests, please try again later")
    scanned = Scanned(kubeconfig)
    status, reason = scanned.status("configmaps")
    assert status == "failed"
    assert "too many requests" in reason
    assert scanned.status("pods") == ("ok", "")


def test_answers_that_are_cut_and_then_whole(proxy: Proxy, kubeconfig: Path) -> None:
    for path in (LIST, "/api/v1/pods", "/apis/apps/v1/deployments", "/apis"):
        proxy.fault(path, cut=1000, times=2)
    scanned = Scanned(kubeconfig)
    assert whole(scanned)
    assert not scanned.collection.problems


def test_answers_that_are_no_json(proxy: Proxy, kubeconfig: Path) -> None:
    proxy.fault("/apis/apps/v1/deployments", body=b'{"kind": "DeploymentList", "items": [{')
    scanned = Scanned(kubeconfig)
    assert scanned.status("deployments.apps")[0] == "failed"
    assert not scanned.objects("Deployment")


def test_a_list_that_never_ends_its_answer(
    proxy: Proxy, kubeconfig: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client_module, "_PATIENCE", 3)
    proxy.fault("/api/v1/services", delay=60)
    start = time.monotonic()
    scanned = Scanned(kubeconfig, timeout=0.5)
    assert time.monotonic() - start < 30
    assert scanned.status("services")[0] == "failed"
    assert scanned.status("pods") == ("ok", "")


@pytest.fixture
def widgets(cluster: Cluster) -> Iterator[str]:
    """A kind of its own, and the path of its objects."""
    path = "/apis/example.com/v1/widgets"
    definition = f"/apis/apiextensions.k8s.io/v1/customresourcedefinitions/{WIDGETS['metadata']['name']}"
    wait_until(lambda: cluster.admin.request("GET", definition)[0] == 404)
    cluster.admin.create(WIDGETS)
    wait_until(lambda: cluster.admin.request("GET", path)[0] == 200)
    yield path
    cluster.admin.delete(WIDGETS)
    wait_until(lambda: cluster.admin.request("GET", definition)[0] == 404)


def widget(name: str, size: int) -> Object:
    metadata = {"name": name}
    return {"apiVersion": "example.com/v1", "kind": "Widget", "metadata": metadata, "field": "x" * size}


def test_a_custom_resource_with_a_million_bytes(cluster: Cluster, account: Account, widgets: str) -> None:
    cluster.admin.create(widget("large", 1_000_000))
    cluster.admin.create(widget("small", 10))
    scanned = Scanned(account(accounts.READER))
    assert scanned.status("widgets.example.com") == (
        "partial",
        "1 object is too large and left out: large",
    )
    assert list(scanned.objects("Widget")) == ["/small"]


def test_a_kind_that_is_removed_during_the_scan(
    cluster: Cluster, proxy: Proxy, kubeconfig: Path, widgets: str
) -> None:
    def remove() -> None:
        cluster.admin.delete(WIDGETS)
        wait_until(lambda: cluster.admin.request("GET", widgets)[0] == 404)

    cluster.admin.create(widget("small", 10))
    proxy.fault(widgets, times=1, then=remove)
    scanned = Scanned(kubeconfig)
    status, reason = scanned.status("widgets.example.com")
    assert (widgets + "?limit=500", 404) in proxy.answers
    assert status in {"ok", "failed"}
    assert "removed during the scan" in reason
    assert scanned.kinds["widgets.example.com"]["count"] == 0
    assert whole(scanned)


def test_an_aggregated_api_that_is_down(cluster: Cluster, account: Account) -> None:
    service: Object = {
        "apiVersion": "apiregistration.k8s.io/v1",
        "kind": "APIService",
        "metadata": {"name": "v1beta1.down.example.com"},
        "spec": {
            "group": "down.example.com",
            "version": "v1beta1",
            "groupPriorityMinimum": 100,
            "versionPriority": 100,
            "insecureSkipTLSVerify": True,
            "service": {"namespace": "kube-system", "name": "nobody"},
        },
    }
    cluster.admin.create(service)
    try:
        wait_until(lambda: cluster.admin.request("GET", "/apis/down.example.com/v1beta1")[0] == 503)
        wait_until(lambda: b"down.example.com" in cluster.admin.request("GET", "/apis")[1])
        scanned = Scanned(account(accounts.READER))
    finally:
        cluster.admin.delete(service)
    lost = scanned.kinds["*.down.example.com"]
    assert (lost["kind"], lost["status"]) == ("*", "failed")
    assert "cannot be reached" in lost["reason"]
    assert whole(scanned)
    with pytest.raises(Refusal):
        cluster.admin.get("/apis/down.example.com/v1beta1/things")


def test_a_cluster_that_changes_all_the_time(cluster: Cluster, account: Account) -> None:
    kwok = cluster.start_kwok()
    try:
        for _ in range(3):
            scanned = Scanned(account(accounts.READER))
            assert whole(scanned)
            assert not scanned.collection.problems
    finally:
        cluster.workshop.stop(kwok)
