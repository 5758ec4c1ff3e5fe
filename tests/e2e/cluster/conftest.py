"""One real control plane for all tests of a session, filled once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.e2e.cluster import accounts
from tests.e2e.cluster.harness import Cluster, Tools
from tests.e2e.cluster.population import mirror_pods, populate
from tests.e2e.cluster.proxy import Proxy

MANY = 1_200
"""Objects of one kind, ConfigMaps, so that their list has several pages."""


@pytest.fixture(scope="session")
def cluster(kube_apiserver: Path, etcd: Path, kwok: Path) -> Iterator[Cluster]:
    """The control plane with workloads, nodes, accounts and the mirror pods of its own."""
    with Cluster(Tools(kube_apiserver, etcd, kwok)) as running:
        accounts.create(running)
        populate(running.admin, workloads=60, pods=300, nodes=5)
        _many(running)
        mirror_pods(running, "control-plane")
        running.settle()
        yield running


def _many(cluster: Cluster) -> None:
    cluster.admin.create({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "many"}})
    cluster.admin.create_all(
        {
            "apiVersion": "v1",
            "kind": "ConfigMap",
            "metadata": {"name": f"settings-{n:04}", "namespace": "many"},
            "data": {"n": str(n)},
        }
        for n in range(MANY)
    )


@pytest.fixture(scope="session")
def account(cluster: Cluster) -> Callable[[str], Path]:
    """The kubeconfig of one of our accounts, by its name."""

    def kubeconfig(name: str) -> Path:
        return cluster.kubeconfig(name, token=cluster.token(accounts.NAMESPACE, name))

    return kubeconfig


@pytest.fixture
def proxy(cluster: Cluster) -> Iterator[Proxy]:
    """What stands between the scanner and the API server, for one test."""
    with Proxy(cluster) as running:
        yield running


@pytest.fixture
def through(cluster: Cluster, proxy: Proxy) -> Callable[[str], Path]:
    """The kubeconfig of one of our accounts whose way goes through the proxy."""

    def kubeconfig(name: str) -> Path:
        token = cluster.token(accounts.NAMESPACE, name)
        return cluster.kubeconfig(f"{name}-proxied", token=token, server=proxy.url, ca=proxy.ca_file)

    return kubeconfig
