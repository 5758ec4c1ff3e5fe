"""The SARIF for GitHub: what it accepts, keeps and shows."""

from __future__ import annotations

import hashlib
import json
import os
import random
import time
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from scanner.catalog.model import Severity
from scanner.collect.interface import Problem
from scanner.errors import ScannerError
from scanner.findings.model import Note, ScanResult, Status, Subject
from scanner.report.formats import sarif_github
from scanner.report.github_lint import MAX_COMPRESSED, compressed_size, lint
from scanner.report.line_hash import LineHashes
from tests.report import build
from tests.report.test_sarif import HOSTILE, VALIDATOR


def run_of(scan: ScanResult, **options: Any) -> dict[str, Any]:
    document = json.loads(build.rendered(sarif_github, scan, **options))
    VALIDATOR.validate(document)
    assert lint(document) == []
    found: dict[str, Any] = document["runs"][0]
    return found


def uri_of(found: dict[str, Any]) -> str:
    uri: str = found["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    return uri


def notes_of(run: dict[str, Any]) -> list[str]:
    notes = run["invocations"][0].get("toolConfigurationNotifications", [])
    return [note["message"]["text"] for note in notes]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "deploy").mkdir()
    (tmp_path / "deploy/api.yaml").write_text("a: 1\n" * 5 + "  privileged: true\n" * 5)
    return tmp_path


def test_only_open_faults_are_alerts() -> None:
    findings = [build.finding(status=status) for status in Status]
    run = run_of(build.result(findings, looked=[build.looked()], **build.reviewed()), passes=True)
    (found,) = run["results"]
    assert found["fingerprints"] == {"kubeassay/v1": findings[0].fingerprint}
    assert notes_of(run) == ["2 judgements could not be made and are no alerts; --output sarif has them."]


def test_category_and_flat_rules() -> None:
    own = build.rule("house.tie", id="KA-W-0001", bundle="policies/house")
    run = run_of(build.result([build.finding(), build.finding(rule=own, controls=())]))
    assert run["automationDetails"] == {"id": "kubeassay/manifests/"}
    assert "extensions" not in run["tool"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["KA-W-0001", "policies/house/KA-W-0001", "KA-W-0008"]
    assert [found["ruleId"] for found in run["results"]] == ["KA-W-0001", "policies/house/KA-W-0001"]
    assert "relationships" not in rules[0]


def test_first_sentence_names_fault_and_subject() -> None:
    (found,) = run_of(build.result([build.finding(also=(build.subject("a"), build.subject("b")))]))["results"]
    assert found["message"]["text"] == (
        'Container "web" runs privileged (Deployment prod/api). Remedy: Remove privileged, or set it to '
        "false. The same holds for Deployment prod/a; Deployment prod/b."
    )


def test_findings_of_one_rule_on_one_line_are_one_alert() -> None:
    findings = [build.finding(message=f'Container "{name}" runs privileged') for name in "abcdef"]
    (found,) = run_of(build.result(findings))["results"]
    assert 'On the same line: Container "b" runs privileged;' in found["message"]["text"]
    assert found["message"]["text"].endswith("; 2 more.")


def test_hash_is_that_of_the_line(repository: Path) -> None:
    (found,) = run_of(build.result([build.finding(location=build.place(line=7))]), root=repository)["results"]
    data = (repository / "deploy/api.yaml").read_bytes()
    expected = LineHashes().of(data, {7})[7]
    assert found["partialFingerprints"] == {"primaryLocationLineHash": expected}


def test_line_without_a_file_is_known_by_its_finding(repository: Path) -> None:
    beyond = build.finding(location=build.place(line=99))
    stdin = build.finding(location=build.place(uri="stdin"))
    folder = build.finding(location=build.place(uri="deploy"))
    odd = build.finding(location=build.place(uri="nul\0.yaml"))
    findings = [beyond, stdin, folder, odd]
    hashes = {
        found["partialFingerprints"]["primaryLocationLineHash"]
        for found in run_of(build.result(findings), root=repository)["results"]
    }
    assert hashes == {f"{finding.fingerprint}:1" for finding in findings}


def test_paths_are_relative_to_the_repository(repository: Path) -> None:
    findings = [
        build.finding(location=build.place(uri="api.yaml")),
        build.finding(location=build.place(uri=f"{repository}/chart/a b.yaml")),
        build.finding(location=build.place(uri="/elsewhere/c.yaml")),
    ]
    results = run_of(build.result(findings), root=repository / "deploy")["results"]
    assert list(map(uri_of, results)) == [
        "deploy/api.yaml",
        "chart/a%20b.yaml",
        "outside-repository/elsewhere/c.yaml",
    ]


def test_links_are_resolved_inside_the_repository(repository: Path, tmp_path_factory: Any) -> None:
    outside = tmp_path_factory.mktemp("outside") / "x.yaml"
    outside.touch()
    (repository / "inner.yaml").symlink_to("deploy/api.yaml")
    (repository / "outer.yaml").symlink_to(outside)
    linked = tmp_path_factory.mktemp("linked") / "checkout"
    linked.symlink_to(repository)
    findings = [build.finding(location=build.place(uri=uri)) for uri in ("inner.yaml", "outer.yaml")]
    results = run_of(build.result(findings), root=linked)["results"]
    assert list(map(uri_of, results)) == ["deploy/api.yaml", "outer.yaml"]


def test_without_a_repository_paths_start_at_the_scanned_folder() -> None:
    (found,) = run_of(build.result([build.finding()]))["results"]
    assert uri_of(found) == "deploy/api.yaml"


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_accepted(name: str) -> None:
    hostile = build.finding(
        subject=Subject("v1", "Pod", "", name),
        message=f"Container {name} runs privileged",
        location=build.place(uri=name),
    )
    problems = [Problem("unreadable-file", f"{name} is odd", name)]
    (found,) = run_of(build.result([hostile], problems=problems))["results"]
    if "half" not in name:
        assert unquote(uri_of(found), errors="surrogateescape") == os.path.normpath(name)
    assert found["message"]["text"].isprintable()
    assert "[click](" not in found["message"]["text"]


def test_problems_are_no_success() -> None:
    run = run_of(build.result())
    assert (run["results"], run["invocations"]) == ([], [{"executionSuccessful": True}])
    run = run_of(build.result(problems=[Problem("yaml-syntax", "broken", "a.yaml", 3)]))
    assert run["results"] == []
    assert run["invocations"][0]["executionSuccessful"] is False
    assert run["invocations"][0]["toolExecutionNotifications"][0]["level"] == "error"


def test_the_worst_5_000_are_kept_and_the_cut_is_told() -> None:
    low = build.rule("workload.low", id="KA-W-0500", severity=Severity.LOW)
    findings = [build.finding(rule=low, location=build.place(line=line)) for line in range(1, 25_001)]
    findings.append(build.finding(location=build.place(line=3)))
    begin = time.process_time()
    data = build.rendered(sarif_github, build.result(findings))
    assert time.process_time() - begin < 1
    run = json.loads(data)["runs"][0]
    assert len(run["results"]) == 5_000
    assert run["results"][0]["level"] == "error"
    assert notes_of(run) == [
        "GitHub takes 5000 of the 25001 alerts: the least severe, from low down, are left out; "
        "--output sarif and --output json have them all."
    ]


def test_upload_stays_below_10_megabytes() -> None:
    letters = random.Random(1)
    findings = [
        build.finding(
            message="".join(chr(letters.randrange(0x4E00, 0x9FFF)) for _ in range(1_400)),
            location=build.place(line=line),
        )
        for line in range(1, 5_001)
    ]
    data = build.rendered(sarif_github, build.result(findings))
    run = json.loads(data)["runs"][0]
    assert compressed_size(data) <= MAX_COMPRESSED
    assert len(run["results"]) == 2_500
    assert notes_of(run)[0].startswith("GitHub takes 2500 of the 5000 alerts")


def test_long_texts_are_cut() -> None:
    rule = build.rule(
        "workload.long",
        id="KA-W-0600",
        title="t" * 5_000,
        description="d" * 5_000,
        tags=tuple(f"tag-{number}" for number in range(30)),
    )
    run = run_of(build.result([build.finding(rule=rule, message="m" * 5_000)]))
    described = run["tool"]["driver"]["rules"][run["results"][0]["ruleIndex"]]
    assert len(described["shortDescription"]["text"]) == len(described["fullDescription"]["text"]) == 1024
    assert len(described["properties"]["tags"]) == 10


def test_what_github_would_reject_is_not_written() -> None:
    nameless = build.rule("workload.nameless", id="")
    with pytest.raises(ScannerError, match=r"would be rejected: .*rules\[0\]\.id: is missing"):
        build.rendered(sarif_github, build.result([build.finding(rule=nameless)]))


def test_output_is_the_same_every_time() -> None:
    scan = build.result([build.finding(location=build.place(line=line)) for line in (3, 2, 1)])
    digests = {hashlib.sha256(build.rendered(sarif_github, scan)).hexdigest() for _ in range(2)}
    assert len(digests) == 1


def test_a_note_is_told_to_github_too() -> None:
    run = run_of(build.result(notes=[Note("framework-version", "written for Kubernetes 1.32")]))
    assert "written for Kubernetes 1.32." in notes_of(run)
    assert run["invocations"][0]["executionSuccessful"]
