"""The command line against a real cluster: exit codes, findings, the least role, interrupts, bad ways in."""

from __future__ import annotations

import datetime
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import trustme
import yaml

from tests.e2e.cluster import accounts
from tests.e2e.cluster.harness import Cluster
from tests.e2e.cluster.proxy import Proxy
from tests.e2e.test_sarif_multitool import complaints

pytestmark = pytest.mark.e2e

Account = Callable[[str], Path]
COMMAND = [sys.executable, "-m", "scanner"]
SECONDS = 120


@dataclass(frozen=True)
class Run:
    """One run of the command."""

    code: int
    output: str
    errors: str
    seconds: float


def environment() -> dict[str, str]:
    """Without a kubeconfig of whoever runs the tests."""
    return {k: v for k, v in os.environ.items() if not k.startswith("KUBE") or k == "KUBEASSAY_CACHE_DIR"}


def run(*arguments: str, **variables: str) -> Run:
    start = time.monotonic()
    done = subprocess.run(
        [*COMMAND, *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        env=environment() | variables,
        timeout=SECONDS,
    )
    return Run(done.returncode, done.stdout, done.stderr, time.monotonic() - start)


def scan(kubeconfig: Path, folder: Path, *arguments: str) -> tuple[Run, Any]:
    """A scan that exits with 0 or 3, and its result."""
    result = folder / "result.json"
    wanted = ["--cluster", "--kubeconfig", str(kubeconfig), "--output", f"json={result}", *arguments]
    done = run("scan", *wanted, "--fail-on", "none", "--passes")
    assert done.code in {0, 3}, done.errors
    return done, json.loads(result.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def full(account: Account, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The result of a scan by one who may read everything."""
    _, result = scan(account(accounts.READER), tmp_path_factory.mktemp("full"))
    return result


def subjects(result: Any, rule: str, status: str) -> set[tuple[str, str, str]]:
    """Kind, namespace and name of what a rule has this to say of."""
    return {
        (f["subject"]["kind"], f["subject"]["namespace"], f["subject"]["name"])
        for f in result["findings"]
        if (f["rule_name"], f["status"]) == (rule, status)
    }


def test_faults_of_what_runs_are_found_once_and_at_their_owner(cluster: Cluster, full: Any) -> None:
    deployments = cluster.admin.get("/apis/apps/v1/deployments")["items"]

    def privileged(container: Any) -> bool:
        return (container.get("securityContext") or {}).get("privileged") is True

    at_fault = {
        ("Deployment", d["metadata"]["namespace"], d["metadata"]["name"])
        for d in deployments
        if any(map(privileged, d["spec"]["template"]["spec"]["containers"]))
    }
    assert len(at_fault) > 10
    assert subjects(full, "workload.privileged", "fail") == at_fault
    judged = at_fault | subjects(full, "workload.privileged", "pass")
    assert len([s for s in judged if s[0] == "Deployment"]) == len(deployments)
    assert not [s for s in judged if s[0] in {"Pod", "ReplicaSet"} and s[1].startswith("team-")]


def test_the_control_plane_is_judged_by_its_real_flags(cluster: Cluster, full: Any) -> None:
    assert cluster.flags["profiling"] == "false"
    passes = {f["rule_name"] for f in full["findings"] if f["status"] == "pass"}
    fails = {f["rule_name"] for f in full["findings"] if f["status"] == "fail"}
    assert "control_plane.api_server_profiling" in passes - fails
    assert "kubelet-certificate-authority" not in cluster.flags
    assert "control_plane.kubelet_authority_missing" in fails
    elsewhere = subjects(full, "node.api_server_manifest_permissions", "not_applicable")
    assert {name for _, _, name in elsewhere} == {f"node-{n}" for n in range(5)}


def test_sarif_of_a_cluster_is_as_the_standard_demands(
    account: Account, full: Any, multitool: Path, tmp_path: Path
) -> None:
    file = tmp_path / "team.sarif"
    wanted = ["--cluster", "--kubeconfig", str(account(accounts.READER)), "--namespace", "team-1"]
    assert run("scan", *wanted, "--output", f"sarif={file}").code == 1
    results = json.loads(file.read_text(encoding="utf-8"))["runs"][0]["results"]
    fails = [result for result in results if result.get("kind", "fail") == "fail"]
    assert all(result["locations"] for result in fails)
    ours = [f for f in full["findings"] if f["status"] == "fail" and f["subject"]["namespace"] == "team-1"]
    assert len(ours) > 20
    known = {value for result in fails for value in result["fingerprints"].values()}
    assert {f["fingerprint"] for f in ours} <= known
    assert complaints(multitool, tmp_path, "Sarif") == []


def test_half_of_the_permissions_make_an_incomplete_scan(account: Account, tmp_path: Path) -> None:
    done, result = scan(account(accounts.LIMITED), tmp_path)
    assert done.code == 3
    assert not result["complete"]
    assert [note["code"] for note in result["notifications"]] == ["cluster-forbidden"]
    assert "kinds may not be listed" in result["notifications"][0]["message"]
    of_rbac = [f for f in result["findings"] if f["rule_name"].startswith("rbac.")]
    assert of_rbac
    assert {f["status"] for f in of_rbac} <= {"unknown", "not_applicable", "fail"}
    assert ("ClusterFacts", "", accounts.LIMITED) in subjects(result, "rbac.all_permissions", "unknown")
    assert len(subjects(result, "workload.privileged", "fail")) > 10
    # what needs the missing kinds counts as not known in whole controls too
    passed = {c["id"] for c in result["controls"] if c["status"] == "pass" and c["id"].startswith("5.1.")}
    assert not passed


def test_findings_are_the_same_from_a_snapshot(account: Account, full: Any, tmp_path: Path) -> None:
    archive, result = tmp_path / "cluster.tar.zst", tmp_path / "result.json"
    saved = run("snapshot", "--kubeconfig", str(account(accounts.READER)), "-o", str(archive))
    assert saved.code == 0, saved.errors
    arguments = ["scan", str(archive), "--snapshot", "--fail-on", "none", "--passes"]
    run(*arguments, "--output", f"json={result}")
    offline = json.loads(result.read_text(encoding="utf-8"))

    def essence(found: Any) -> set[str]:
        keys = ("rule", "status", "severity", "subject", "message", "path", "fingerprint")
        return {json.dumps({key: f.get(key) for key in keys}, sort_keys=True) for f in found["findings"]}

    assert sorted(essence(offline) - essence(full)) == sorted(essence(full) - essence(offline)) == []
    assert len(essence(full)) > 1000


def test_the_least_role_is_enough(cluster: Cluster, account: Account, tmp_path: Path) -> None:
    missing = run("cluster", "access", "--kubeconfig", str(account(accounts.STRANGER)))
    assert missing.code == 3
    assert "permissions are missing" in missing.output
    made = run("cluster", "access", "--kubeconfig", str(account(accounts.STRANGER)), "--output", "yaml")
    documents = list(yaml.safe_load_all(made.output))
    for obj in documents:
        cluster.admin.apply(obj)
    [owned] = [obj["metadata"] for obj in documents if obj["kind"] == "ServiceAccount"]
    kubeconfig = cluster.kubeconfig("least", token=cluster.token(owned["namespace"], owned["name"]))
    enough = run("cluster", "access", "--kubeconfig", str(kubeconfig))
    assert enough.code == 0, enough.output
    _, result = scan(kubeconfig, tmp_path)
    assert not result["notifications"]
    kinds = {kind["status"] for kind in result["cluster"]["kinds"]}
    assert kinds <= {"ok", "excluded"}
    name = f"system:serviceaccount:{owned['namespace']}:{owned['name']}"
    assert {event["verb"] for event in cluster.audit(name)} <= {"get", "list", "create"}
    created = [e["objectRef"]["resource"] for e in cluster.audit(name) if e["verb"] == "create"]
    assert set(created) <= {"selfsubjectaccessreviews", "selfsubjectreviews", "selfsubjectrulesreviews"}


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("command", ["scan", "snapshot"])
def test_an_interrupt_ends_at_once_and_leaves_no_file(
    proxy: Proxy, through: Account, tmp_path: Path, command: str, end: signal.Signals
) -> None:
    proxy.fault("/api/v1/pods", delay=60)
    kubeconfig = ["--kubeconfig", str(through(accounts.READER))]
    files = {
        "scan": ["scan", "--cluster", "-o", f"sarif={tmp_path / 'out.sarif'}", "-o", "json"],
        "snapshot": ["snapshot", "-o", str(tmp_path / "out.tar.zst")],
    }[command]
    process = subprocess.Popen(
        [*COMMAND, *files, *kubeconfig],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
    )
    deadline = time.monotonic() + 60
    while "/api/v1/pods" not in proxy.paths() and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(0.3)
    start = time.monotonic()
    process.send_signal(end)
    output, errors = process.communicate(timeout=30)
    assert time.monotonic() - start < 5
    assert process.returncode == 130
    assert "interrupted" in errors
    assert "Traceback" not in errors
    assert not output
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("seconds", [0.0, 0.4, 0.8, 1.6])
def test_an_interrupt_while_objects_are_judged_leaves_no_half_of_a_file(
    proxy: Proxy, through: Account, tmp_path: Path, seconds: float
) -> None:
    file = tmp_path / "out.sarif"
    wanted = ["--cluster", "--kubeconfig", str(through(accounts.READER)), "-o", f"sarif={file}"]
    process = subprocess.Popen(
        [*COMMAND, "scan", *wanted],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
        start_new_session=True,
    )
    deadline = time.monotonic() + 90
    while len(proxy.requests) < 60 and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(seconds)
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: every process gets it
    _, errors = process.communicate(timeout=30)
    assert process.returncode in {130, 1}
    assert "Traceback" not in errors
    if process.returncode == 1:
        assert "interrupted" not in errors
    if file.exists():
        json.loads(file.read_text(encoding="utf-8"))
    assert [path.name for path in tmp_path.iterdir()] in ([], ["out.sarif"])
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        return int(unused.getsockname()[1])


def test_no_way_in_is_told_within_seconds(cluster: Cluster, account: Account, tmp_path: Path) -> None:
    past = datetime.datetime(2021, 1, 1)  # noqa: DTZ001
    expired = cluster.certificates.client("expired", "late", "system:masters", not_after=past)
    other = tmp_path / "other.crt"
    trustme.CA().cert_pem.write_to_path(str(other))
    reader = account(accounts.READER)
    ways = {
        "expired": [str(cluster.kubeconfig("expired", certificate=expired))],
        "401": [str(cluster.kubeconfig("wrong-token", token="wrong"))],
        "refused": [str(cluster.kubeconfig("nobody", token="x", server=f"https://127.0.0.1:{free_port()}"))],
        "certificate": [str(cluster.kubeconfig("other-ca", token="x", ca=other))],
        "no-such-context": [str(reader), "--context", "no-such-context"],
        "nothing.yaml": [str(tmp_path / "nothing.yaml")],
    }
    for word, way in ways.items():
        done = run("scan", "--cluster", "--kubeconfig", *way)
        assert done.code == 2, (word, done)
        assert word in done.errors, (word, done)
        assert "Traceback" not in done.errors
        assert done.seconds < 15
    missing = run("scan", "--cluster", HOME=str(tmp_path))
    assert missing.code == 2
    assert "kubeconfig" in missing.errors
