"""What a scan judges, reports and exits with."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from scanner.cli.app import run

BAD = """\
apiVersion: v1
kind: Pod
metadata:
  name: bad
  namespace: shop
spec:
  hostPID: true
  containers:
    - name: app
      image: registry.example.com/app:1
      securityContext:
        privileged: true
"""
PLACEHOLDER = BAD.replace("app:1", "${TAG}").replace("  hostPID: true\n", "").replace("true", "false")
ROLE = """\
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: reader}
rules: []
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bad.yaml").write_text(BAD)
    (tmp_path / "placeholder.yaml").write_text(PLACEHOLDER)
    (tmp_path / "role.yaml").write_text(ROLE)
    return tmp_path


def scan(*arguments: str) -> dict[str, Any]:
    assert run(["scan", "-q", "--exit-zero", "--output", "json=out", *arguments]) == 0
    result: dict[str, Any] = json.loads(Path("out").read_text())
    return result


def controls(result: dict[str, Any]) -> dict[str, str]:
    return {f"{c['framework']}/{c['id']}": c["status"] for c in result["controls"]}


EXITS = [
    (["bad.yaml", "--rule", "host_pid"], 1),
    (["bad.yaml", "--rule", "host_pid", "--fail-on", "critical"], 0),
    (["bad.yaml", "--rule", "host_pid", "--fail-on", "none"], 0),
    (["bad.yaml", "--rule", "host_pid", "--exit-zero"], 0),
    (["bad.yaml", "--rule", "host_ipc"], 0),
    (["placeholder.yaml", "--rule", "image_tag_missing"], 3),
    (["placeholder.yaml", "--rule", "image_tag_missing", "--exit-zero"], 0),
    (["bad.yaml", "--framework", "pss-baseline", "--skip-rule", "host_pid", "--fail-on", "none"], 0),
]


@pytest.mark.parametrize(("arguments", "code"), EXITS)
def test_exit_codes(arguments: list[str], code: int) -> None:
    assert run(["scan", "-q", *arguments]) == code


def test_a_framework_runs_its_rules_alone() -> None:
    result = scan("bad.yaml", "--framework", "pss-baseline")
    assert controls(result)["pss-baseline/privileged"] == "fail"
    assert controls(result)["pss-baseline/hostPorts"] == "pass"
    assert {f["rule_name"] for f in result["findings"]} == {"workload.host_pid", "workload.privileged"}
    assert result["complete"]


def test_a_framework_without_its_version_is_the_newest() -> None:
    assert {c["framework"] for c in scan("bad.yaml", "--framework", "cis-kubernetes")["controls"]} == {
        "cis-kubernetes-2.0.1"
    }
    old = scan("bad.yaml", "--framework", "cis-kubernetes", "--kubernetes-version", "1.30")
    assert {c["framework"] for c in old["controls"]} == {"cis-kubernetes-1.11"}


def test_what_no_object_shows_is_never_a_pass() -> None:
    found = controls(scan("role.yaml", "--framework", "pss-restricted"))
    assert set(found.values()) == {"not_applicable"}
    nodes = controls(scan("bad.yaml", "--framework", "cis-kubernetes"))
    assert nodes["cis-kubernetes-2.0.1/4.1.1"] == "not_applicable"
    snapshot = scan("bad.yaml", "--framework", "cis-kubernetes", "--snapshot")
    assert controls(snapshot)["cis-kubernetes-2.0.1/4.1.1"] == "unknown"
    assert not snapshot["complete"]


def test_a_control_that_lost_a_rule_is_no_pass() -> None:
    found = controls(scan("role.yaml", "bad.yaml", "--framework", "pss-baseline", "--skip-rule", "host_ipc"))
    assert found["pss-baseline/hostNamespaces"] == "fail"
    quiet = controls(scan("placeholder.yaml", "--framework", "pss-baseline", "--skip-rule", "host_ipc"))
    assert quiet["pss-baseline/hostNamespaces"] == "unknown"


def test_rules_of_one_name_decide_only_their_own_controls() -> None:
    found = controls(scan("bad.yaml", "--rule", "privileged"))
    assert found["pss-baseline/privileged"] == "fail"
    assert "pss-baseline/hostPorts" not in found


def test_absence_means_something_in_a_snapshot_alone() -> None:
    rules = ["--rule", "network_policy_missing"]
    assert scan("bad.yaml", *rules)["findings"] == []
    (finding,) = scan("bad.yaml", *rules, "--snapshot")["findings"]
    assert finding["subject"] == {"api_version": "v1", "kind": "Namespace", "namespace": "", "name": "shop"}


def test_versions_change_verdicts() -> None:
    pod = BAD.replace("hostPID: true", "hostUsers: false").replace("privileged: true", "procMount: Unmasked")
    Path("pod.yaml").write_text(pod)
    options = ["pod.yaml", "--framework", "pss-baseline", "--kubernetes-version"]
    assert controls(scan(*options, "1.34"))["pss-baseline/procMount"] == "fail"
    assert controls(scan(*options, "v1.35.2"))["pss-baseline/procMount"] == "pass"


def test_passes_are_evidence_when_asked_for() -> None:
    quiet = scan("bad.yaml", "--rule", "host_ipc")
    assert quiet["findings"] == []
    assert quiet["summary"]["by_status"]["pass"] == 1
    (told,) = scan("bad.yaml", "--rule", "host_ipc", "--passes")["findings"]
    assert (told["status"], told["message"]) == ("pass", "looked at spec.hostIPC")


def test_several_reports_at_once(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    reports = ["--output", "sarif=a.sarif", "--output", "sarif-github=b.sarif", "--output", "table"]
    assert run(["scan", "-q", "--exit-zero", "bad.yaml", *reports]) == 0
    assert json.loads(Path("a.sarif").read_text())["version"] == "2.1.0"
    assert json.loads(Path("b.sarif").read_text())["runs"][0]["results"]
    assert b"KA-W-0001" in capsysbinary.readouterr().out


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(BAD.encode())))
    (finding,) = scan("-", "--rule", "host_pid")["findings"]
    assert (finding["location"]["uri"], finding["location"]["start_line"]) == ("stdin", 7)


def test_configuration_file_is_found_upward_and_the_line_goes_before_it(folder: Path) -> None:
    (folder / ".git").mkdir()
    (folder / "kubeassay.yaml").write_text("rule: [host_pid]\nrules:\n  host_pid: {severity: low}\n")
    below = folder / "deploy" / "base"
    below.mkdir(parents=True)
    (below / "pod.yaml").write_text(BAD)
    code = "from scanner.cli import main; main()"
    command = [sys.executable, "-c", code, "scan", "pod.yaml", "-o", "json", "--exit-zero"]

    def findings(*more: str) -> list[dict[str, Any]]:
        done = subprocess.run([*command, *more], capture_output=True, cwd=below, check=True)
        found: list[dict[str, Any]] = json.loads(done.stdout)["findings"]
        return found

    assert [(f["rule"], f["severity"]) for f in findings()] == [("KA-W-0007", "low")]
    assert [f["rule"] for f in findings("--rule", "privileged")] == ["KA-W-0001"]
    assert len(findings("--no-config")) > 2


def test_environment_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KUBEASSAY_SCAN_FAIL_ON", "none")
    monkeypatch.setenv("KUBEASSAY_SCAN_RULES", "host_pid privileged")
    assert run(["scan", "-q", "bad.yaml", "--output", "json=out"]) == 0
    assert len(json.loads(Path("out").read_text())["findings"]) == 2


def test_equal_input_gives_equal_bytes() -> None:
    scan("bad.yaml", "placeholder.yaml", "--snapshot")
    first = Path("out").read_bytes()
    scan("bad.yaml", "placeholder.yaml", "--snapshot")
    assert Path("out").read_bytes() == first


MOVED = "# a comment\n\n" + BAD.replace(
    "  containers:\n", "  containers:\n    - name: first\n      image: registry.example.com/first:2\n"
)


def test_fingerprints_survive_moved_lines_reordered_containers_and_renamed_files() -> None:
    before = {f["fingerprint"] for f in scan("bad.yaml")["findings"] if "first" not in f["message"]}
    Path("moved.yaml").write_text(MOVED)
    after = {
        f["fingerprint"]
        for f in scan("moved.yaml")["findings"]
        if 'container "first"' not in f["message"].lower()
    }
    assert before == after


def test_explain_and_lists(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "host_pid"]) == 0
    said = capsys.readouterr().out
    for part in ("KA-W-0007", "Remedy", "Looks at", "Bad", "Good", "pss-baseline/hostNamespaces"):
        assert part in said
    assert run(["rules", "list", "--format", "json"]) == 0
    assert all(rule["remediation"] and rule["description"] for rule in json.loads(capsys.readouterr().out))
    assert run(["frameworks", "pss-baseline"]) == 0
    assert "hostProbesAndHostLifecycle" in capsys.readouterr().out
    assert run(["completion", "bash"]) == 0
    assert "_KUBEASSAY_COMPLETE" in capsys.readouterr().out


def test_frameworks_that_nobody_named_do_not_make_a_scan_incomplete() -> None:
    Path("map.yaml").write_text("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: shop}\n")
    result = scan("map.yaml", "--snapshot", "--no-config")
    assert controls(result)["cis-kubernetes-2.0.1/4.1.1"] == "unknown"
    assert result["complete"]


@pytest.mark.parametrize(("options", "said"), [((), True), (("-q",), False), (("-o", "table"), False)])
def test_an_incomplete_scan_says_so_where_nothing_else_does(
    options: tuple[str, ...], said: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["scan", "placeholder.yaml", "--no-config", "-o", "json=out", *options])
    assert capsys.readouterr().err.startswith("kubeassay: Incomplete: ") is said


def test_no_command_shows_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 2
    assert capsys.readouterr().err.startswith("Usage: ")


NODE = """
apiVersion: v1
kind: Node
metadata: {name: n1, labels: {eks.amazonaws.com/nodegroup: a}}
---
apiVersion: kubeassay.dev/v1
kind: ClusterFacts
metadata: {name: c}
kubernetesVersion: 1.33.1
gitVersion: v1.33.1-eks-1a2b3c4
kinds: []
"""


def test_a_framework_for_other_clusters_is_noted_and_the_scan_is_complete() -> None:
    Path("node.yaml").write_text(NODE)
    result = scan("node.yaml", "--framework", "pss-baseline", "--snapshot", "--no-config")
    assert result["notifications"] == []
    result = scan("node.yaml", "--framework", "cis-kubernetes-1.11", "--snapshot", "--no-config")
    (note,) = result["notifications"]
    assert (note["code"], note["level"]) == ("framework-version", "note")
    assert note["message"] == (
        "cis-kubernetes-1.11 is written for Kubernetes 1.29 to 1.31; the cluster runs 1.33"
    )


def test_of_each_benchmark_the_version_that_fits_is_reported() -> None:
    assert {f.partition("/")[0] for f in controls(scan("bad.yaml"))} == {
        "cis-kubernetes-2.0.1",
        "nsa-cisa-1.2",
        "pss-baseline",
        "pss-restricted",
    }
    older = controls(scan("bad.yaml", "--kubernetes-version", "1.33"))
    assert "cis-kubernetes-1.12/5.2.2" in older
    assert "cis-kubernetes-2.0.1/5.2.2" not in older


def test_a_providers_benchmark_is_reported_on_its_clusters_alone() -> None:
    Path("node.yaml").write_text(NODE)
    found = {name.partition("/")[0] for name in controls(scan("node.yaml", "--snapshot", "--no-config"))}
    assert {name for name in found if name.startswith("cis-")} == {"cis-eks-1.8"}
    Path("other.yaml").write_text(NODE.replace("eks.amazonaws.com/nodegroup", "a").replace("-eks-", "-x-"))
    found = {name.partition("/")[0] for name in controls(scan("other.yaml", "--snapshot", "--no-config"))}
    assert {name for name in found if name.startswith("cis-")} == {"cis-kubernetes-1.12"}


ETCD = """
apiVersion: kubeassay.dev/v1
kind: NodeFacts
metadata: {name: n1}
roles: [control-plane, etcd]
distribution: kubeadm
kubernetesVersion: 1.34.1
collector: {mode: job, errors: []}
files:
  - {role: etcd.data, path: /data, status: ok, type: dir, mode: "0700", user: etcd, group: etcd}
"""


@pytest.mark.parametrize(
    ("distribution", "owner", "rules"),
    [
        ("kubeadm", "etcd", set()),
        ("kubeadm", "root", {"node.etcd_data_ownership"}),
        ("k3s", "root", set()),
        ("k3s", "etcd", {"node.etcd_data_not_root"}),
    ],
)
def test_distributions_that_demand_opposites_are_judged_by_their_own_rules(
    distribution: str, owner: str, rules: set[str]
) -> None:
    text = ETCD.replace("user: etcd, group: etcd", f"user: {owner}, group: {owner}")
    Path("node.yaml").write_text(text.replace("distribution: kubeadm", f"distribution: {distribution}"))
    found = scan("node.yaml", "--snapshot", "--no-config")["findings"]
    assert {f["rule_name"] for f in found if f["rule_name"].startswith("node.etcd_data_")} == rules


def test_remedies_are_for_the_clusters_distribution() -> None:
    facts = NODE.replace("v1.33.1-eks-1a2b3c4", "v1.33.1+k3s1").replace("eks.amazonaws.com/nodegroup", "a")
    container = "{name: a, command: [kube-apiserver, --profiling=true]}"
    head = "apiVersion: v1\nkind: Pod\nmetadata: {name: kube-apiserver-n1, namespace: kube-system}\n"
    pod = f"{head}spec: {{containers: [{container}]}}\n"
    Path("all.yaml").write_text(f"{facts}---\n{pod}")
    result = scan("all.yaml", "--framework", "cis-k3s", "--snapshot", "--no-config")
    (profiling,) = [each for each in result["controls"] if each["id"] == "1.2.15"]
    assert profiling["status"] == "fail"
    assert "/etc/rancher/k3s/config.yaml" in profiling["remediation"]
