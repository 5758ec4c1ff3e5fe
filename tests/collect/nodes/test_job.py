"""Jobs on nodes: what they bring, how they fail, and that nothing of them stays."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scanner.collect.interface import Collection
from scanner.collect.nodes.interface import JobOptions
from scanner.collect.nodes.job import JobNodes
from scanner.errors import UsageError
from tests.collect.nodes.conftest import Connect
from tests.collect.nodes.hosts import Host, files
from tests.collect.nodes.kubeadm import SECRETS, control_plane
from tests.fakes.kube_jobs import JobApi, node

EMPTY = json.dumps({"kind": "NodeFacts", "files": [], "processes": [], "kubelet": {}, "configs": {}})
IMAGE = "registry.example/kubeassay:1.0"


@pytest.fixture
def api(tmp_path: Path) -> Iterator[JobApi]:
    with JobApi([node("n1"), node("n2", labels={"pool": "b"})]) as server:
        server.hosts["n1"] = control_plane(tmp_path / "n1").folder
        server.hosts["n2"] = Host(tmp_path / "n2").folder
        yield server


def collect(api: JobApi, connected: Connect, **options: Any) -> Collection:
    return JobNodes(connected(api), JobOptions(IMAGE, **options), sleep=lambda _seconds: None).collect()


def left(api: JobApi) -> list[str]:
    return [each["metadata"]["name"] for kind in ("Namespace", "Job", "Pod") for each in api.found(kind)]


def only_problem(collection: Collection) -> str:
    [problem] = collection.problems
    assert problem.remedy
    return f"{problem.code}: {problem.message}"


def test_facts_of_every_node(api: JobApi, connected: Connect) -> None:
    collection = collect(api, connected)
    assert collection.problems == []
    first, second = (each.body for each in collection.resources)
    assert [first["metadata"]["name"], second["metadata"]["name"]] == ["n1", "n2"]
    assert first["collector"]["mode"] == "job"
    assert first["roles"] == ["control-plane", "etcd"]
    assert files(first, "pki.key")["/etc/kubernetes/pki/etcd/server.key"]["mode"] == "0640"
    assert files(first, "etcd.data")["/var/lib/etcd"]["status"] == "ok"
    assert first["configs"]["encryption"]["resources"]
    assert second["kubernetesVersion"] == "1.34.1"  # as its Node says: the host tells nothing
    assert not [secret for secret in SECRETS if secret in str(collection.resources)]
    assert collection.resources[0].origin.uri == "cluster/test/_cluster/NodeFacts.kubeassay.dev/n1.yaml"


def test_nothing_stays(api: JobApi, connected: Connect) -> None:
    collect(api, connected)
    assert left(api) == []
    kinds = {
        (each.method, each.path.split("/")[-1 if each.method == "POST" else -2]) for each in api.writes()
    }
    assert kinds == {
        ("POST", "namespaces"),
        ("POST", "jobs"),
        ("DELETE", "jobs"),
        ("DELETE", "namespaces"),
    }


def test_the_pod_has_no_more_rights_than_it_needs(api: JobApi, connected: Connect) -> None:
    collect(api, connected)
    bodies = [json.loads(each.body) for each in api.writes() if each.method == "POST"]
    namespace, job = bodies[0], bodies[1]
    assert namespace["metadata"]["labels"]["pod-security.kubernetes.io/enforce"] == "privileged"
    spec = job["spec"]["template"]["spec"]
    [container] = spec["containers"]
    assert spec["hostPID"] is True
    assert not {"hostNetwork", "hostIPC", "serviceAccountName"} & set(spec)
    assert spec["automountServiceAccountToken"] is False
    assert spec["tolerations"] == [{"operator": "Exists"}]
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
        "seccompProfile": {"type": "RuntimeDefault"},
        "runAsUser": 0,
        "runAsGroup": 65532,
    }
    assert {each["hostPath"]["path"] for each in spec["volumes"]} == {"/etc", "/usr/lib", "/var/lib"}
    assert {each["hostPath"]["type"] for each in spec["volumes"]} == {"Directory"}
    assert all(each["readOnly"] and each["recursiveReadOnly"] for each in container["volumeMounts"])
    assert job["spec"]["activeDeadlineSeconds"] == 120
    assert job["spec"]["ttlSecondsAfterFinished"] == 300
    assert job["spec"]["backoffLimit"] == 0
    assert set(container["resources"]["limits"]) == {"cpu", "memory", "ephemeral-storage"}


def test_only_the_nodes_that_are_selected(api: JobApi, connected: Connect) -> None:
    collection = collect(api, connected, node_selector="pool=b")
    assert [each.name for each in collection.resources] == ["n2"]
    assert "no node" in only_problem(collect(api, connected, node_selector="pool=c"))


def test_a_namespace_that_is_there_is_used_and_kept(api: JobApi, connected: Connect) -> None:
    api.store.apply({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "tools"}})
    collection = collect(api, connected, namespace="tools")
    assert len(collection.resources) == 2
    assert left(api) == ["tools"]


def test_so_many_at_once_and_no_more(api: JobApi, connected: Connect) -> None:
    for number in range(3, 12):
        api.store.apply(node(f"n{number}"))
        api.outcomes[f"n{number}"] = EMPTY
    collection = collect(api, connected, parallel=3)
    assert len(collection.resources) == 11
    assert 1 <= api.most_at_once <= 3


@pytest.mark.parametrize(
    ("outcome", "why"),
    [
        ("pull", "its pod cannot start: ImagePullBackOff: not found"),
        ("fail", "its pod failed: OOMKilled (exit code 137) last words"),
        ("evicted", "its pod failed: OutOfcpu: Node didn't have enough"),
        ("no-pod", "FailedCreate: violates PodSecurity"),
        ("Traceback: no such command", "something else than NodeFacts"),
        ('{"kind": "Secret"}', "something else than NodeFacts"),
        ('{"kind": "NodeFacts", "files": 1}', "NodeFacts without files"),
        ("[" * 100_000, "something else than NodeFacts"),
        ("", "something else than NodeFacts"),
    ],
)
def test_a_node_that_fails_costs_none_of_the_others(
    api: JobApi, connected: Connect, outcome: str, why: str
) -> None:
    api.outcomes["n1"] = outcome
    collection = collect(api, connected)
    assert [each.name for each in collection.resources] == ["n2"]
    problem = only_problem(collection)
    assert problem.startswith("node-not-collected: 1 node was not collected (n1): ")
    assert why in problem
    assert left(api) == []


def test_a_pod_that_never_starts_ends_with_the_reason(
    api: JobApi, connected: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scanner.collect.nodes.job_pod._GRACE", 0.0)
    api.outcomes["n1"] = "pending"
    problem = only_problem(collect(api, connected, timeout=0.3))
    assert "FailedMount: hostPath type check failed: /etc is not a directory" in problem


def test_a_node_cannot_speak_for_another(api: JobApi, connected: Connect) -> None:
    forged = {"kind": "NodeFacts", "metadata": {"name": "n2", "namespace": "x"}, "files": [], "processes": []}
    api.outcomes["n1"] = json.dumps({**forged, "kubelet": {}, "configs": {}})
    collection = collect(api, connected)
    assert [each.body["metadata"] for each in collection.resources] == [{"name": "n1"}, {"name": "n2"}]


def test_what_is_not_allowed_is_a_problem(api: JobApi, connected: Connect) -> None:
    api.forbid("namespaces", verbs=["create"])
    problem = only_problem(collect(api, connected))
    assert "no namespace can be made" in problem
    api.forbid("jobs.batch", verbs=["create"])
    problem = only_problem(collect(api, connected, namespace="tools"))
    assert "2 nodes were not collected (n1, n2): 403: jobs.batch is forbidden" in problem
    api.forbid("nodes")
    assert "the nodes cannot be listed: 403" in only_problem(collect(api, connected))
    assert left(api) == []


def test_what_cannot_be_removed_is_said(api: JobApi, connected: Connect) -> None:
    api.forbid("namespaces", verbs=["delete"])
    collection = collect(api, connected)
    assert len(collection.resources) == 2
    [problem] = collection.problems
    assert problem.code == "node-job-left-behind"
    assert problem.remedy == f"remove it: kubectl delete namespace {left(api)[0]}"


def test_removing_is_tried_again(api: JobApi, connected: Connect) -> None:
    api.fault("/apis/batch/v1/namespaces/tools/jobs/*", status=503, times=7)
    assert collect(api, connected, namespace="tools", parallel=1).problems == []
    assert left(api) == []


def test_a_creation_whose_answer_is_lost_is_no_failure(api: JobApi, connected: Connect) -> None:
    api.fault("/apis/batch/v1/namespaces/*/jobs", cut=0, times=1)
    collection = collect(api, connected, parallel=1)
    assert (len(collection.resources), collection.problems) == (2, [])


def test_a_windows_node_is_left_alone(api: JobApi, connected: Connect) -> None:
    body = node("w1")
    body["status"]["nodeInfo"]["operatingSystem"] = "windows"
    api.store.apply(body)
    assert "(w1): it runs Windows" in only_problem(collect(api, connected))


def test_without_an_image_nothing_is_done(api: JobApi, connected: Connect) -> None:
    with pytest.raises(UsageError, match="image"):
        JobNodes(connected(api), JobOptions(""))
    assert api.writes() == []


def test_namespaces_of_runs_that_were_killed_are_removed(api: JobApi, connected: Connect) -> None:
    labels = {"kubeassay.dev/run": "0a0a0a0a"}
    old = {"name": "kubeassay-0a0a0a0a", "labels": labels, "creationTimestamp": "2026-01-01T00:00:00Z"}
    api.store.apply({"apiVersion": "v1", "kind": "Namespace", "metadata": old})
    new = {"name": "kubeassay-0b0b0b0b", "labels": labels, "creationTimestamp": "2999-01-01T00:00:00Z"}
    api.store.apply({"apiVersion": "v1", "kind": "Namespace", "metadata": new})
    collect(api, connected)
    assert left(api) == ["kubeassay-0b0b0b0b"]


def scan(config: Path, namespace: str, *more: str) -> list[str]:
    """The real command, as users run it."""
    asked = ["--cluster", "--kubeconfig", str(config), "--nodes=job", "--job-image", IMAGE, "--no-config"]
    asked += ["--job-namespace", namespace] if namespace else []
    return [sys.executable, "-m", "scanner", "scan", *asked, *more]


def test_a_scan_judges_what_the_jobs_bring(api: JobApi, tmp_path: Path) -> None:
    api.outcomes["n2"] = "pull"
    report = tmp_path / "result.json"
    command = scan(api.kubeconfig(tmp_path / "config"), "", "-q", "--exit-zero", "-o", f"json={report}")
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    result = json.loads(report.read_text())
    assert not result["complete"]
    assert any("(n2): its pod cannot start" in each["message"] for each in result["notifications"])
    failed = {
        (each["rule_name"], each["subject"]["name"])
        for each in result["findings"]
        if each["subject"]["kind"] == "NodeFacts" and each["status"] == "fail"
    }
    assert ("node.pki_key_permissions", "n1") in failed  # etcd/server.key is 0640
    assert ("node.etcd_manifest_permissions", "n1") in failed
    assert not [secret for secret in SECRETS if secret in report.read_text()]
    assert left(api) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("namespace", ["", "tools"])
def test_an_interrupt_removes_everything(
    api: JobApi, tmp_path: Path, number: signal.Signals, namespace: str
) -> None:
    api.outcomes |= {"n1": "pending", "n2": "pending"}
    config = api.kubeconfig(tmp_path / "config")
    with subprocess.Popen(scan(config, namespace)) as process:
        there = "/api/v1/namespaces/kubeassay-????????"
        there = f"/apis/batch/v1/namespaces/{namespace}/jobs/*" if namespace else there
        api.fault(there, delay=0.3)
        end = time.monotonic() + 30
        while len(api.found("Job")) < 2 and time.monotonic() < end:
            time.sleep(0.05)
        assert len(api.found("Job")) == 2
        process.send_signal(number)
        time.sleep(0.05)
        process.send_signal(number)  # and again, from somebody impatient
        assert process.wait(30) == 130
    assert left(api) == []


def test_an_interrupt_while_a_job_is_created(api: JobApi, tmp_path: Path) -> None:
    api.outcomes |= {"n1": "pending", "n2": "pending"}
    api.fault("/apis/batch/v1/namespaces/*/jobs", delay=1.0)
    config = api.kubeconfig(tmp_path / "config")
    with subprocess.Popen(scan(config, "tools")) as process:
        end = time.monotonic() + 30
        while not any(path.endswith("/jobs") for path in api.paths()) and time.monotonic() < end:
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 130
    assert left(api) == []
