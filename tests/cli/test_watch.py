"""What `--watch` prints and writes."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from scanner.cli.app import run
from scanner.cli.watch import as_json, as_text
from scanner.findings.changes import changes
from scanner.findings.model import ControlResult, Status
from tests.report import build

OLD, NEW, KEPT = build.finding(message="Old"), build.finding(message="New"), build.finding()
BEFORE = build.result([OLD, KEPT])
AFTER = replace(
    build.result([NEW, KEPT]),
    controls=[ControlResult(build.BASELINE, build.BASELINE.controls[0], Status.PASS, "", {})],
)


def test_changes_for_people() -> None:
    lines = [line[9:] for line in as_text(changes(BEFORE, AFTER))]
    assert lines == [
        "+ critical KA-W-0001 Deployment prod/api: New",
        "- critical KA-W-0001 Deployment prod/api: Old",
        "= pss-baseline/privileged fail → pass",
    ]


def test_changes_for_machines() -> None:
    said = json.loads(as_json(changes(BEFORE, AFTER)))
    assert [finding["message"] for finding in said["appeared"]] == ["New"]
    assert [finding["fingerprint"] for finding in said["gone"]] == [OLD.fingerprint]
    assert said["controls"] == [
        {"framework": "pss-baseline", "id": "privileged", "was": "fail", "status": "pass"}
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--watch"], "--watch goes with --cluster"),
        (["--watch", "--cluster", "--output", "sarif"], "--watch writes sarif to files alone"),
        (["--context", "prod", "deploy"], "--context goes with --cluster"),
        (["--cluster", "deploy"], "no PATH beside it"),
        (["--cluster", "--nodes", "job"], "--nodes=job needs an image"),
        (["--source", "deploy", "bad.yaml"], "--source goes with --cluster or a snapshot"),
    ],
)
def test_options_that_do_not_go_together(
    arguments: list[str],
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a}]}\n"
    Path("bad.yaml").write_text(pod)
    Path("deploy").mkdir()
    assert run(["scan", *arguments]) == 2
    assert message in capsys.readouterr().err
