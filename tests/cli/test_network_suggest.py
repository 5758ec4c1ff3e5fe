"""`kubeassay network suggest`, from a folder to a file, and a scan with the file beside it."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from scanner.cli.app import run

APP = Path(__file__).parents[1] / "network" / "app.yaml"
PARTLY = """\
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: cache, namespace: app}
spec:
  podSelector: {matchLabels: {app: cache}}
  ingress: [{from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 6379}]}]
"""
RULES = (
    "network_policy_missing",
    "workload_not_isolated",
    "workload_egress_not_isolated",
    "reachable_from_all_namespaces",
    "egress_to_metadata_service",
    "egress_to_world_on_all_ports",
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    shutil.copy(APP, tmp_path / "app.yaml")
    return tmp_path


def findings(*paths: str) -> set[tuple[str, str]]:
    """Rule and namespace of every fault, of the namespaces that policies are suggested for."""
    arguments = [argument for rule in RULES for argument in ("--rule", f"network.{rule}")]
    code = run(["scan", "--snapshot", *arguments, "-o", "json=found.json", "--exit-zero", "-q", *paths])
    assert code == 0
    found = json.loads(Path("found.json").read_text(encoding="utf-8"))["findings"]
    faults = [each for each in found if each["status"] == "fail"]
    spaces = {(f["rule"], f["subject"]["namespace"] or f["subject"]["name"]) for f in faults}
    return {each for each in spaces if each[1] in ("app", "edge")}


@pytest.mark.parametrize(
    ("existing", "rules"),
    [("", {"KA-N-0030"}), (PARTLY, {"KA-N-0030", "KA-N-0031", "KA-N-0032"})],
)
def test_applying_the_policies_takes_the_findings_away(folder: Path, existing: str, rules: set[str]) -> None:
    Path("app.yaml").write_text(APP.read_text(encoding="utf-8") + existing, encoding="utf-8")
    before = findings("app.yaml")
    assert {namespace for _, namespace in before} == {"app", "edge"}
    assert {rule for rule, _ in before} == rules
    assert run(["network", "suggest", "app.yaml", "-o", "policies.yaml"]) == 0
    assert findings("app.yaml", "policies.yaml") == set()


def test_policies_go_to_standard_output(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["network", "suggest", "app.yaml", "-n", "edge"]) == 0
    out = capsys.readouterr().out
    assert "namespace: edge" in out
    assert "namespace: app" not in out


def test_a_mistyped_namespace_is_an_error(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["network", "suggest", "app.yaml", "-n", "egde"]) == 2
    assert "did you mean 'edge'?" in capsys.readouterr().err


def test_a_folder_that_is_not_there_is_an_error(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["network", "suggest", "app.yaml", "-o", "gone/policies.yaml"]) == 2
    assert "gone/policies.yaml: cannot be written" in capsys.readouterr().err


def test_a_mistyped_workload_is_an_error(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["network", "suggest", "app.yaml", "-w", "app/ap"]) == 2
    assert "did you mean 'app/api'?" in capsys.readouterr().err


def test_a_check_writes_no_policies(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["network", "suggest", "app.yaml", "--check"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Needed, and closed: nothing\nOpened: nothing\nClosed: ")
    assert "NetworkPolicy/app/default-deny selects it, and no rule allows this" in out


def test_the_example_has_no_findings_left_but_those_of_policies_that_are_named(folder: Path) -> None:
    example = Path(__file__).parents[2] / "examples" / "parcels" / "manifests"
    assert run(["network", "suggest", str(example), "-o", "policies.yaml"]) == 0
    text = Path("policies.yaml").read_text(encoding="utf-8")
    named = set(re.findall(r"^#   NetworkPolicy/([^/]+)/([^#]+)#", text, re.MULTILINE))
    assert ("parcels", "debug-event-relay") in named
    shutil.copytree(example, "manifests")
    for path in Path("manifests").glob("*.yaml"):
        documents = [each for each in yaml.safe_load_all(path.read_text(encoding="utf-8")) if each]
        kept = [each for each in documents if each["kind"] != "NetworkPolicy" or _name(each) not in named]
        path.write_text(yaml.safe_dump_all(kept), encoding="utf-8")
    rules = [argument for rule in RULES for argument in ("--rule", f"network.{rule}")]
    arguments = ["scan", "--snapshot", *rules, "-o", "json=found.json", "--exit-zero", "-q"]
    assert run([*arguments, "manifests", "policies.yaml"]) == 0
    found = json.loads(Path("found.json").read_text(encoding="utf-8"))["findings"]
    assert [(f["rule"], f["subject"]["name"]) for f in found if f["status"] == "fail"] == []


def _name(policy: dict[str, Any]) -> tuple[str, str]:
    return policy["metadata"].get("namespace", "default"), policy["metadata"]["name"]
