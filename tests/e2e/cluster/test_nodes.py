"""Node facts where a real kube-apiserver and etcd run: of these, and by Jobs that the server takes."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scanner.collect.cluster import ClusterOptions, connect
from scanner.collect.nodes import manifest
from scanner.collect.nodes.api import ApiNodes
from scanner.collect.nodes.interface import JobOptions
from scanner.collect.nodes.job import JobNodes
from tests.e2e.cluster.harness import Cluster, Tools

pytestmark = pytest.mark.e2e
IMAGE = "registry.example/kubeassay:1.0"


@pytest.fixture(scope="module")
def cluster(kube_apiserver: Path, etcd: Path) -> Iterator[Cluster]:
    """A control plane of its own, for whatever it runs is looked at."""
    with Cluster(Tools(kube_apiserver, etcd)) as running:
        yield running


@pytest.fixture(scope="module")
def facts(cluster: Cluster) -> dict[str, Any]:
    command = [sys.executable, "-m", "scanner", "node", "collect", "--node-name", "here"]
    found: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return found


def of_this_cluster(cluster: Cluster, facts: dict[str, Any], component: str) -> list[dict[str, Any]]:
    """The processes of a component that belong to this cluster: others may run on this machine."""
    return [
        each
        for each in facts["processes"]
        if each["component"] == component and str(cluster.folder) in " ".join(each["argv"])
    ]


def test_running_programs_tell_their_flags(cluster: Cluster, facts: dict[str, Any]) -> None:
    [apiserver] = of_this_cluster(cluster, facts, "apiserver")
    assert apiserver["source"] == "proc"
    assert f"--etcd-servers=https://127.0.0.1:{cluster.etcd_port}" in apiserver["argv"]
    [etcd] = of_this_cluster(cluster, facts, "etcd")
    assert any(str(cluster.folder / "etcd") in each for each in etcd["argv"])


def test_files_that_they_name_are_read(cluster: Cluster, facts: dict[str, Any]) -> None:
    data = [each for each in facts["files"] if each["path"] == str(cluster.folder / "etcd")]
    assert [(each["role"], each["status"], each["type"]) for each in data] == [("etcd.data", "ok", "dir")]
    assert facts["configs"]["encryption"]["kind"] == "EncryptionConfiguration"
    assert facts["configs"]["auditPolicy"]["kind"] == "Policy"


def test_no_key_of_the_encryption_is_shown(cluster: Cluster, facts: dict[str, Any]) -> None:
    written = (cluster.folder / "encryption-provider-config.yaml").read_text()
    keys = re.findall(r'"?secret"?: *"?([A-Za-z0-9+/=]{16,})', written)
    assert keys
    assert not [key for key in keys if key in json.dumps(facts)]


@pytest.mark.parametrize("kind", ["job", "daemonset", "rbac"])
def test_the_server_takes_every_field_of_our_manifests(cluster: Cluster, kind: str) -> None:
    mounted = manifest.FOLDERS
    objects = {
        "job": [manifest.job("collect", "default", "n1", IMAGE, mounted)],
        "daemonset": [manifest.daemon_set("collect", "default", IMAGE, mounted)],
        "rbac": manifest.access("default"),
    }[kind]
    for each in [manifest.namespace("kubeassay"), *objects]:
        version, metadata = each["apiVersion"], each["metadata"]
        path = f"/apis/{version}" if "/" in version else f"/api/{version}"
        path += f"/namespaces/{metadata['namespace']}" if "namespace" in metadata else ""
        query = "?dryRun=All&fieldValidation=Strict"
        created = cluster.admin.json("POST", f"{path}/{each['kind'].lower()}s{query}", each)
        assert created["metadata"]["name"] == metadata["name"]


def test_jobs_are_created_and_removed_even_if_no_kubelet_runs_them(cluster: Cluster) -> None:
    body = {"apiVersion": "v1", "kind": "Node", "metadata": {"name": "n1"}}
    cluster.admin.create(body)
    connection = connect(ClusterOptions(kubeconfig=str(cluster.kubeconfig("admin"))))
    try:
        collection = JobNodes(connection, JobOptions(IMAGE, namespace="default", timeout=0.1)).collect()
    finally:
        connection.close()
        cluster.admin.delete(body)
    [problem] = collection.problems
    assert "did not end within" in problem.message
    assert cluster.admin.get("/apis/batch/v1/namespaces/default/jobs")["items"] == []


def test_the_server_has_no_narrower_way_to_kubelets(cluster: Cluster) -> None:
    names = {each["name"] for each in cluster.admin.get("/api/v1")["resources"]}
    assert "nodes/proxy" in names
    assert "nodes/configz" not in names  # if one day it is: ask there first, for it needs less


def test_a_node_whose_kubelet_does_not_answer_is_a_problem(cluster: Cluster) -> None:
    body = {"apiVersion": "v1", "kind": "Node", "metadata": {"name": "n2"}}
    cluster.admin.create(body)
    connection = connect(ClusterOptions(kubeconfig=str(cluster.kubeconfig("admin"))))
    try:
        collection = ApiNodes(connection).collect()
    finally:
        connection.close()
        cluster.admin.delete(body)
    assert collection.resources == []
    [problem] = collection.problems
    assert "of 1 node is not known (n2)" in problem.message
