"""`--nodes=job` against a real API server: it takes the Jobs as they are, and none outlives an interrupt."""

from __future__ import annotations

import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.e2e.cluster import accounts
from tests.e2e.cluster.harness import Cluster
from tests.e2e.cluster.test_cli import COMMAND, environment, run

pytestmark = pytest.mark.e2e

NAMESPACE = "node-jobs"
JOBS = f"/apis/batch/v1/namespaces/{NAMESPACE}/jobs"
ACCOUNT = "runner"


@pytest.fixture(scope="module")
def kubeconfig(cluster: Cluster) -> Path:
    """Of an account with no more rights than `node manifest --kind rbac` and `cluster access` print."""
    cluster.admin.create({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": NAMESPACE}})
    owned = {"name": ACCOUNT, "namespace": NAMESPACE}
    cluster.admin.create({"apiVersion": "v1", "kind": "ServiceAccount", "metadata": owned})
    default = {"name": "default", "namespace": NAMESPACE}
    cluster.admin.create({"apiVersion": "v1", "kind": "ServiceAccount", "metadata": default})
    rights = ["--kind", "rbac", "--namespace", NAMESPACE, "--service-account", ACCOUNT]
    for obj in yaml.safe_load_all(run("node", "manifest", *rights).output):
        if obj:
            cluster.admin.apply(obj)
    cluster.admin.apply(
        {
            "apiVersion": f"{accounts.RBAC}/v1",
            "kind": "ClusterRoleBinding",
            "metadata": {"name": "node-jobs-reader"},
            "roleRef": {"apiGroup": accounts.RBAC, "kind": "ClusterRole", "name": "kubeassay-reader"},
            "subjects": [{"kind": "ServiceAccount", **owned}],
        }
    )
    return cluster.kubeconfig("jobs", token=cluster.token(NAMESPACE, ACCOUNT))


def jobs(cluster: Cluster) -> list[dict[str, Any]]:
    return list(cluster.admin.get(JOBS)["items"])


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_jobs_are_removed_when_interrupted(cluster: Cluster, kubeconfig: Path, end: signal.Signals) -> None:
    wanted = ["--nodes", "job", "--job-image", "example/kubeassay:1", "--job-namespace", NAMESPACE]
    process = subprocess.Popen(
        [*COMMAND, "scan", "--cluster", "--kubeconfig", str(kubeconfig), *wanted],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
    )
    deadline = time.monotonic() + 90
    while not (made := jobs(cluster)) and time.monotonic() < deadline and process.poll() is None:
        time.sleep(0.05)
    assert made, process.communicate()
    pod = made[0]["spec"]["template"]
    body = {"apiVersion": "v1", "kind": "Pod", **pod, "metadata": {"name": "try", "namespace": NAMESPACE}}
    cluster.admin.json("POST", f"/api/v1/namespaces/{NAMESPACE}/pods?dryRun=All", body)
    start = time.monotonic()
    process.send_signal(end)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130, errors
    assert time.monotonic() - start < 20
    assert not [job for job in jobs(cluster) if "deletionTimestamp" not in job["metadata"]]
    user = f"system:serviceaccount:{NAMESPACE}:{ACCOUNT}"
    changed = [e for e in cluster.audit(user) if e["verb"] not in {"get", "list", "watch"}]
    reviews = {"selfsubjectaccessreviews", "selfsubjectreviews"}
    assert {e["objectRef"]["resource"] for e in changed} - reviews == {"jobs"}
    made_by_us = [e for e in changed if e["objectRef"]["resource"] == "jobs" and e["verb"] == "create"]
    assert {e["responseStatus"]["code"] for e in made_by_us} == {201}
