"""Live clusters to measure: a real API server on this machine, with objects as clusters have them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.e2e.cluster import accounts
from tests.e2e.cluster.harness import Cluster, Tools
from tests.e2e.cluster.population import mirror_pods, populate
from tests.tools.build import build

SIZES = ((1_000, 0), (1_000, 10_000))
"""Deployments of two containers, and pods of them all."""
NODES = 50


def names() -> Iterator[tuple[str, int, int]]:
    """Name of each cluster, with its Deployments and pods."""
    for workloads, pods in SIZES:
        of_pods = f", {pods:,} pods" if pods else ""
        yield f"live cluster: {workloads:,} Deployments{of_pods}", workloads, pods


@contextmanager
def running(workloads: int, pods: int) -> Iterator[Path]:
    """A cluster that runs as long as the `with` block; the kubeconfig of one who may read everything."""
    with Cluster(Tools(build("kube-apiserver"), build("etcd"), build("kwok"))) as cluster:
        accounts.create(cluster)
        populate(cluster.admin, workloads, pods, NODES)
        mirror_pods(cluster, "control-plane")
        cluster.settle()
        yield cluster.kubeconfig("reader", token=cluster.token(accounts.NAMESPACE, accounts.READER))
