"""Live clusters to measure: a real API server on this machine, with objects as clusters have them.

    python -m tests.bench.live 1000 10000    # until standard input ends; prints a kubeconfig's path

Filling them takes memory, which would count as that of whatever the same process starts later: so a process
of its own does it.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.e2e.cluster import accounts
from tests.e2e.cluster.harness import Cluster, Tools
from tests.e2e.cluster.population import mirror_pods, populate
from tests.tools.build import build

ROOT = Path(__file__).parents[2]
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
    """A cluster that runs as long as the `with` block; the kubeconfig of one who may read everything.

    Raises RuntimeError when it does not start; its own words are above.
    """
    command = [sys.executable, "-m", "tests.bench.live", str(workloads), str(pods)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        if not (path := process.stdout.readline().strip()):
            raise RuntimeError("the cluster to measure did not start")
        yield Path(path)


def main(workloads: int, pods: int) -> None:
    """Run a cluster until standard input ends."""
    with Cluster(Tools(build("kube-apiserver"), build("etcd"), build("kwok"))) as cluster:
        accounts.create(cluster)
        populate(cluster.admin, workloads, pods, NODES)
        mirror_pods(cluster, "control-plane")
        cluster.settle()
        token = cluster.token(accounts.NAMESPACE, accounts.READER)
        print(cluster.kubeconfig("reader", token=token), flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
