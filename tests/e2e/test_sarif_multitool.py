"""Microsoft's SARIF Multitool finds nothing wrong with our SARIF: by the standard, nor for GitHub."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from scanner.collect.cluster.origin import ClusterOrigin
from scanner.collect.interface import Problem, Resource
from scanner.findings.live import objects_at
from scanner.findings.model import Status
from scanner.report.formats import sarif, sarif_github
from tests.report import build
from tests.report.test_sarif import HOSTILE

pytestmark = pytest.mark.e2e

ROOT = Path(__file__).parents[2]
FORMATS = {"sarif": (sarif, "Sarif"), "sarif-github": (sarif_github, "Sarif;Ghas")}
"""With the rules to validate by. GitHub's alone demand that every result stands in a file."""

ENVIRONMENT = {
    "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1",
    # it looks up every link: let that fail at once, and the test depend on nobody's site
    "HTTP_PROXY": "http://127.0.0.1:9",
    "HTTPS_PROXY": "http://127.0.0.1:9",
}


def complaints(multitool: Path, folder: Path, kinds: str) -> list[str]:
    """What the Multitool says of a folder's files; it exits with 0 whatever it finds."""
    output = folder / "validated.json"
    command = [multitool, "validate", folder / "*.sarif", "--rule-kind", kinds, "--level", "Error;Warning"]
    subprocess.run(
        [*command, "-o", output, "--log", "ForceOverwrite"],
        env=os.environ | ENVIRONMENT,
        capture_output=True,
        check=True,
    )
    (run,) = json.loads(output.read_text(encoding="utf-8-sig"))["runs"]
    assert run["invocations"][0]["executionSuccessful"]
    return [
        f"{Path(found['locations'][0]['physicalLocation']['artifactLocation']['uri']).name}: "
        f"{found['ruleId']} {json.dumps(found['message'])}"
        for found in run.get("results", [])
    ]


def test_multitool_sees_faults(multitool: Path, tmp_path: Path) -> None:
    document = json.loads(build.rendered(sarif_github, build.result([build.finding()])))
    document["runs"][0]["results"][0]["locations"] = []
    (tmp_path / "bad.sarif").write_text(json.dumps(document))
    assert any(found.startswith("bad.sarif: GH") for found in complaints(multitool, tmp_path, "Sarif;Ghas"))


def results() -> dict[str, Any]:
    hostile = [
        build.finding(subject=build.subject(name), message=name, location=build.place(uri=name))
        for name in HOSTILE
    ]
    own = build.rule("house.tie", id="HOUSE-T-0001", bundle="policies/house")
    many = [
        build.finding(also=(build.subject("b"),), location=build.place(approximate=True)),
        build.finding(rule=own, status=Status.UNKNOWN),
        build.finding(status=Status.ERROR),
    ]
    problems = [
        Problem("yaml-syntax", "broken", "a b.yaml", 3, 9, "mend it"),
        Problem("rule-error", "broke", build.HOST_IPC.uri),
        Problem("engine", "no place"),
    ]
    body = {
        "apiVersion": "rbac.authorization.k8s.io/v1",
        "kind": "ClusterRole",
        "metadata": {"name": "team:all"},
        "rules": [{"apiGroups": ["*"], "resources": ["*"], "verbs": ["*"]}],
    }
    role = Resource(body, ClusterOrigin("c1", body))
    live = [
        build.finding(location=role.origin.locate(("rules", 0, "verbs"))),
        build.finding(location=build.place(approximate=True, drift="changed")),
    ]
    return {
        "live": build.result(
            live, live=objects_at(live, [role]), matched={"name": 1}, cluster={"metadata": {"name": "c1"}}
        ),
        "empty": build.result(),
        "hostile": build.result(hostile),
        "every-kind": build.result(
            many, looked=[build.looked(), build.looked(Status.NOT_APPLICABLE)], **build.reviewed()
        ),
        "problems-only": build.result(problems=problems),
    }


@pytest.mark.parametrize("name", FORMATS)
def test_multitool_finds_nothing_wrong(multitool: Path, tmp_path: Path, name: str) -> None:
    module, kinds = FORMATS[name]
    for kind, scan in results().items():
        (tmp_path / f"{kind}.sarif").write_bytes(build.rendered(module, scan, passes=True))
    example = tmp_path / "example.sarif"
    command = [
        sys.executable,
        "-m",
        "scanner",
        "scan",
        "examples",
        "--exit-zero",
        f"--output={name}={example}",
    ]
    subprocess.run(command, cwd=ROOT, check=True)
    assert json.loads(example.read_text())["runs"][0]["results"]
    assert complaints(multitool, tmp_path, kinds) == []
