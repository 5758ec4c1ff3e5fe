"""The JSON result: its schema, its members, its speed."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from scanner.catalog.model import Control
from scanner.collect.interface import Problem
from scanner.findings.model import ControlResult, Note, ScanResult, Status, Subject
from scanner.report.formats import json as format_json
from tests.report import build

SCHEMA = json.loads((Path(__file__).parents[2] / "docs/schemas/result.v1.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema_rs.validator_for(SCHEMA)


def document(scan: ScanResult, **options: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(build.rendered(format_json, scan, **options))
    VALIDATOR.validate(found)
    return found


def test_finding_has_the_members_of_the_contract() -> None:
    (found,) = document(build.result([build.finding(also=(build.subject(namespace="dev"),))]))["findings"]
    assert found["rule"] == "KA-W-0001"
    assert (found["status"], found["severity"]) == ("fail", "critical")
    assert found["subject"] == {
        "api_version": "apps/v1",
        "kind": "Deployment",
        "namespace": "prod",
        "name": "api",
    }
    assert found["controls"] == ["pss-baseline/privileged"]
    assert found["location"] == {
        "uri": "deploy/api.yaml",
        "start_line": 7,
        "start_column": 5,
        "end_line": 7,
        "end_column": 21,
    }
    assert found["path"][:2] == ["spec", "template"]
    assert [subject["namespace"] for subject in found["also"]] == ["dev"]


def test_approximate_place_says_so() -> None:
    (found,) = document(build.result([build.finding(location=build.place(approximate=True))]))["findings"]
    assert found["location"]["approximate"] is True


def test_passes_are_counted_and_listed_on_demand() -> None:
    scan = build.result([build.finding()], looked=[build.looked(number=3)])
    counted = document(scan)
    assert counted["summary"]["by_status"] == {"fail": 1, "pass": 3}
    assert [found["status"] for found in counted["findings"]] == ["fail"]
    passed = document(scan, passes=True)["findings"][1:]
    assert [found["status"] for found in passed] == ["pass"] * 3
    assert passed[0]["message"] == "looked at spec.hostIPC"
    assert passed[0]["location"] == {"uri": "deploy/web.yaml"}


def test_controls_and_problems_are_told() -> None:
    problem = Problem("yaml-syntax", "mapping values are not allowed", "a.yaml", 3, 9, "mend it")
    found = document(build.result(problems=[problem], **build.reviewed()))
    assert not found["complete"]
    assert [(control["id"], control["status"]) for control in found["controls"]] == [
        ("1", "manual"),
        ("2", "not_applicable"),
        ("3", "unknown"),
    ]
    assert found["notifications"] == [
        {
            "code": "yaml-syntax",
            "message": "mapping values are not allowed",
            "uri": "a.yaml",
            "line": 3,
            "column": 9,
            "remedy": "mend it",
            "level": "error",
        }
    ]


@pytest.mark.parametrize("name", ["a\nb\x1b[31m", "日本語", "half \ud83d pair", "\udcff"])
def test_hostile_name_is_valid_json(name: str) -> None:
    hostile = build.finding(subject=Subject("v1", "Pod", name, name), location=build.place(uri=name))
    (found,) = document(build.result([hostile]))["findings"]
    assert found["subject"]["name"] == "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in name)


@pytest.mark.parametrize(("member", "value"), [("status", "failed"), ("severity", "bad"), ("location", {})])
def test_schema_refuses_what_is_no_result(member: str, value: object) -> None:
    found = document(build.result([build.finding(status=Status.UNKNOWN)]))
    found["findings"][0][member] = value
    assert not VALIDATOR.is_valid(found)


def test_80_000_findings_take_less_than_a_second() -> None:
    scan = build.result([build.finding(location=build.place(line=line)) for line in range(1, 80_001)])
    begin = time.process_time()
    build.rendered(format_json, scan)
    assert time.process_time() - begin < 1


def test_a_note_is_told_and_takes_nothing_away() -> None:
    note = Note("framework-version", "cis-x-1 is written for 1.32; the cluster runs 1.35", "name cis-x")
    found = document(build.result(notes=[note]))
    assert found["complete"]
    assert found["notifications"] == [
        {
            "code": "framework-version",
            "message": "cis-x-1 is written for 1.32; the cluster runs 1.35",
            "uri": "",
            "line": None,
            "column": None,
            "remedy": "name cis-x",
            "level": "note",
        }
    ]


def test_a_control_tells_the_remedy_for_the_clusters_distribution() -> None:
    control = Control(
        "1", "A", remediation="Ask", remedies={"k3s": "Ask Rancher"}, level="L2", stated="manual"
    )
    results = [
        ControlResult(build.REVIEWED, control, status, "", {}) for status in (Status.FAIL, Status.PASS)
    ]
    failed, passed = document(build.result(controls=results, distribution="k3s"))["controls"]
    assert (failed["level"], failed["assessment"], failed["remediation"]) == ("L2", "manual", "Ask Rancher")
    assert "remediation" not in passed
    (elsewhere, _) = document(build.result(controls=results))["controls"]
    assert elsewhere["remediation"] == "Ask"
