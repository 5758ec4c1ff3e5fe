"""The manifests that run the collector: as printed, as committed, and as our own scanner sees them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from scanner.cli.app import run

EXAMPLE = Path(__file__).parents[3] / "examples" / "node-collector"
IMAGE = f"registry.example/kubeassay:1.0@sha256:{'a' * 64}"
NEEDED = {
    "KA-W-0007": "host processes' arguments are the truth about their settings",
    "KA-W-0042": "the facts are about the files of these folders",
    "KA-W-0023": "only root may read what root alone may read",
    "KA-W-0024": "only root may read what root alone may read",
    "KA-NS-0001": "only `privileged` lets hostPID and hostPath in",
    "KA-W-0046": "a node without AppArmor refuses a pod that asks for a profile; others apply it unasked",
    "KA-W-0115": "facts can wait for everything else",
}
NEEDED_TO_WAIT = {"KA-W-0100": "the container only waits", "KA-W-0101": "the container only waits"}
"""Of the DaemonSet alone."""


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    assert run(["node", "manifest", *arguments]) == 0
    return list(yaml.safe_load_all(capsys.readouterr().out))


def test_the_example_is_what_the_command_prints(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["node", "manifest", "--image", IMAGE]) == 0
    assert capsys.readouterr().out == (EXAMPLE / "daemonset.yaml").read_text()


@pytest.mark.parametrize("kind", ["daemonset", "job"])
def test_our_own_scanner_finds_no_more_than_is_needed(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, kind: str
) -> None:
    assert run(["node", "manifest", "--image", IMAGE, "--kind", kind, "--node", "n1"]) == 0
    (tmp_path / "collector.yaml").write_text(capsys.readouterr().out)
    report = tmp_path / "result.json"
    asked = ["scan", str(tmp_path / "collector.yaml"), "--no-config", "-q", "--exit-zero"]
    assert run([*asked, "-o", f"json={report}"]) == 0
    result = json.loads(report.read_text())
    found = {each["rule"] for each in result["findings"] if each["status"] == "fail"}
    assert found == set(NEEDED | NEEDED_TO_WAIT if kind == "daemonset" else NEEDED)
    assert result["complete"]


def test_a_job_is_for_a_node(capsys: pytest.CaptureFixture[str]) -> None:
    _, job = printed(capsys, "--kind", "job", "--node", "n1", "--image", IMAGE, "--folder", "/etc/kubernetes")
    spec = job["spec"]["template"]["spec"]
    assert spec["nodeName"] == "n1"
    assert [each["hostPath"]["path"] for each in spec["volumes"]] == ["/etc/kubernetes"]
    command = spec["containers"][0]["command"]
    assert command[command.index("--only") + 1] == "/etc/kubernetes"
    assert command[command.index("--node-name") + 1] == "n1"


def test_the_least_rights(capsys: pytest.CaptureFixture[str]) -> None:
    objects = printed(capsys, "--kind", "rbac", "--namespace", "tools", "--service-account", "me")
    rules = {
        (each["kind"], verb, resource)
        for each in objects
        for rule in each.get("rules", ())
        for verb in rule["verbs"]
        for resource in rule["resources"]
    }
    assert rules == {
        ("Role", "create", "jobs"),
        ("Role", "get", "jobs"),
        ("Role", "delete", "jobs"),
        ("Role", "list", "pods"),
        ("Role", "get", "pods/log"),
        ("Role", "list", "events"),
        ("ClusterRole", "list", "nodes"),
    }
    bindings = [each for each in objects if each["kind"].endswith("Binding")]
    assert [each["subjects"][0]["name"] for each in bindings] == ["me", "me"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [([], "--image is missing"), (["--image", "x", "--kind", "job"], "--node is missing")],
)
def test_what_is_missing_is_said(capsys: pytest.CaptureFixture[str], arguments: list[str], said: str) -> None:
    assert run(["node", "manifest", *arguments]) == 2
    assert said in capsys.readouterr().err
