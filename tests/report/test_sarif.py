"""The full SARIF profile, against the standard's schema and the standard's words."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema_rs
import pytest

from scanner.catalog.model import Severity
from scanner.collect.interface import Problem
from scanner.findings.model import Note, ScanResult, Status, Subject
from scanner.report.formats import sarif
from tests.report import build

SCHEMA = json.loads((Path(__file__).parent / "schemas/sarif-2.1.0.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema_rs.validator_for(SCHEMA, validate_formats=True)


def run_of(scan: ScanResult, **options: Any) -> dict[str, Any]:
    document = json.loads(build.rendered(sarif, scan, **options))
    VALIDATOR.validate(document)
    (run,) = document["runs"]
    _check_references(run)
    found: dict[str, Any] = run
    return found


def _check_references(run: dict[str, Any]) -> None:
    """Every index leads to what is named beside it."""
    tool = run["tool"]
    for result in run["results"]:
        if "rule" in result:
            component = tool["extensions"][result["rule"]["toolComponent"]["index"]]
            assert component["rules"][result["rule"]["index"]]["id"] == result["rule"]["id"]
        else:
            assert tool["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        for taxon in result.get("taxa", ()):
            _check_taxon(run, taxon)
        for location in (*result.get("locations", ()), *result.get("relatedLocations", ())):
            for logical in location.get("logicalLocations", ()):
                listed = run["logicalLocations"][logical["index"]]
                assert listed["fullyQualifiedName"] == logical["fullyQualifiedName"]
            if "physicalLocation" in location:
                file = location["physicalLocation"]["artifactLocation"]
                assert run["artifacts"][file["index"]]["location"]["uri"] == file["uri"]
    for component in (tool["driver"], *tool.get("extensions", ())):
        for rule in component.get("rules", ()):
            for relationship in rule.get("relationships", ()):
                _check_taxon(run, relationship["target"])
    for invocation in run["invocations"]:
        for kind in ("toolExecutionNotifications", "toolConfigurationNotifications"):
            for note in invocation.get(kind, ()):
                described = tool["driver"]["notifications"][note["descriptor"]["index"]]
                assert described["id"] == note["descriptor"]["id"]


def _check_taxon(run: dict[str, Any], reference: dict[str, Any]) -> None:
    taxonomy = run["taxonomies"][reference["toolComponent"]["index"]]
    assert taxonomy["name"] == reference["toolComponent"]["name"]
    assert taxonomy["taxa"][reference["index"]]["id"] == reference["id"]


def test_fault_has_its_line_its_object_and_its_rule() -> None:
    run = run_of(build.result([build.finding()]))
    (found,) = run["results"]
    assert (found["ruleId"], found["kind"], found["level"]) == ("KA-W-0001", "fail", "error")
    assert found["message"]["text"] == (
        'Container "web" runs privileged (Deployment prod/api). '
        "Remedy: Remove privileged, or set it to false."
    )
    (location,) = found["locations"]
    assert location["physicalLocation"]["artifactLocation"] == {
        "uri": "deploy/api.yaml",
        "uriBaseId": "%SRCROOT%",
        "index": 0,
    }
    assert location["physicalLocation"]["region"] == {
        "startLine": 7,
        "startColumn": 5,
        "endLine": 7,
        "endColumn": 21,
        "snippet": {"text": "privileged: true"},
    }
    assert location["physicalLocation"]["contextRegion"]["snippet"]["text"] == "    privileged: true # why?"
    assert found["properties"]["path"].startswith("/spec/template/spec/containers/0")
    resource, namespace = run["logicalLocations"][1], run["logicalLocations"][0]
    assert resource == {
        "fullyQualifiedName": "prod/apps/v1/Deployment/api",
        "name": "api",
        "kind": "resource",
        "parentIndex": 0,
    }
    assert namespace == {"fullyQualifiedName": "prod", "name": "prod", "kind": "namespace"}


@pytest.mark.parametrize(
    ("status", "kind"),
    [(Status.FAIL, "fail"), (Status.UNKNOWN, "open"), (Status.ERROR, "open"), (Status.MANUAL, "review")],
)
def test_level_is_none_unless_it_failed(status: Status, kind: str) -> None:
    (found,) = run_of(build.result([build.finding(status=status)]))["results"]
    assert found["kind"] == kind
    assert (found["level"] == "none") == (kind != "fail")


@pytest.mark.parametrize(
    ("severity", "level", "score"),
    [
        (Severity.CRITICAL, "error", "9.5"),
        (Severity.HIGH, "error", "8.0"),
        (Severity.MEDIUM, "warning", "5.5"),
        (Severity.LOW, "note", "2.0"),
        (Severity.INFO, "note", None),
    ],
)
def test_severity_has_a_level_and_a_score(severity: Severity, level: str, score: str | None) -> None:
    rule = build.rule("workload.other", id="KA-W-0999", severity=severity)
    run = run_of(build.result([build.finding(rule=rule)]))
    (described,) = (rule for rule in run["tool"]["driver"]["rules"] if rule["id"] == "KA-W-0999")
    assert run["results"][0]["level"] == described["defaultConfiguration"]["level"] == level
    assert described["properties"].get("security-severity") == score


def test_rule_says_why_and_how_to_mend() -> None:
    rule = run_of(build.result())["tool"]["driver"]["rules"][0]
    assert rule["name"] == "WorkloadPrivileged"
    assert rule["helpUri"].startswith("https://kubernetes.io/")
    for text in (rule["help"]["text"], rule["help"]["markdown"]):
        assert "It can do what root on the node can." in text
        assert "Remove privileged, or set it to false." in text
        assert "Pod Security Standards, baseline privileged" in text
        assert "containers.securityContext.privileged" in text
    assert rule["properties"]["tags"] == ["security", "kubernetes", "workload", "pss-baseline/privileged"]


def test_only_links_are_help_links() -> None:
    rule = build.rule(
        "workload.other", id="KA-W-0999", references=("see a b", "https://x y", "https://x/y?z#1")
    )
    run = run_of(build.result([build.finding(rule=rule)]))
    assert run["tool"]["driver"]["rules"][-1]["helpUri"] == "https://x/y?z#1"


def test_frameworks_are_taxonomies() -> None:
    run = run_of(build.result([build.finding()]))
    (taxonomy,) = run["taxonomies"]
    assert (taxonomy["name"], taxonomy["version"]) == ("pss-baseline", "1.37")
    assert [taxon["properties"]["status"] for taxon in taxonomy["taxa"]] == ["fail", "pass"]
    assert run["tool"]["driver"]["supportedTaxonomies"][0]["guid"] == taxonomy["guid"]
    assert [taxon["id"] for taxon in run["results"][0]["taxa"]] == ["privileged"]


def test_rules_of_a_users_bundle_are_an_extension() -> None:
    own = build.rule("house.tie", id="HOUSE-T-0001", bundle="policies/house", uri="policies/house/tie.rego")
    run = run_of(build.result([build.finding(rule=own, controls=()), build.finding()]))
    (extension,) = run["tool"]["extensions"]
    assert extension["name"] == "policies/house"
    assert [rule["id"] for rule in extension["rules"]] == ["HOUSE-T-0001"]
    own_result, other = run["results"]
    assert own_result["rule"]["toolComponent"]["name"] == "policies/house"
    assert own_result["rule"]["id"] == "HOUSE-T-0001"
    assert not {"ruleId", "ruleIndex"} & set(own_result)
    assert "rule" not in other


def test_controls_without_rules_are_reviewed_or_said_not_to_be_checked() -> None:
    run = run_of(build.result(**build.reviewed()))
    (review,) = run["results"]
    assert (review["ruleId"], review["kind"]) == ("house-rules/1", "review")
    assert "Call the number" in review["message"]["text"]
    notes = run["invocations"][0]["toolConfigurationNotifications"]
    assert [(note["descriptor"]["id"], note["level"]) for note in notes] == [
        ("control-not-applicable", "note"),
        ("control-not-checked", "warning"),
        ("input-skipped", "note"),
    ]
    assert "house-rules/3 (The moon is full) was not checked" in notes[1]["message"]["text"]


def test_passes_are_counted_and_listed_on_demand() -> None:
    looked = [build.looked(), build.looked(Status.NOT_APPLICABLE, 1, "no pod of Linux")]
    scan = build.result([build.finding()], looked=looked)
    run = run_of(scan)
    assert [found["kind"] for found in run["results"]] == ["fail"]
    assert run["properties"]["byStatus"] == {"fail": 1, "not_applicable": 1, "pass": 2}
    listed = run_of(scan, passes=True)["results"][1:]
    assert [found["kind"] for found in listed] == ["pass", "pass", "notApplicable"]
    assert {found["level"] for found in listed} == {"none"}
    assert listed[0]["message"]["text"] == "Deployment prod/web passed: looked at spec.hostIPC."
    place = listed[0]["locations"][0]["physicalLocation"]
    assert (place["artifactLocation"]["uri"], place["region"]["startLine"]) == ("deploy/web.yaml", 12)


def test_problems_make_the_execution_fail() -> None:
    problems = [
        Problem("yaml-syntax", "mapping values are not allowed", "a.yaml", 3, 9, "mend it"),
        Problem("rule-error", "rule KA-W-0008 broke", build.HOST_IPC.uri),
        Problem("helm-missing", "helm is not installed", "chart", remedy="install it"),
    ]
    run = run_of(build.result(problems=problems))
    assert run["results"] == []
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    syntax, broken, missing = invocation["toolExecutionNotifications"]
    assert syntax["message"]["text"] == "mapping values are not allowed. Remedy: mend it."
    place = syntax["locations"][0]["physicalLocation"]
    assert (place["artifactLocation"]["uri"], place["region"]) == (
        "a.yaml",
        {"startLine": 3, "startColumn": 9},
    )
    rules = run["tool"]["driver"]["rules"]
    assert rules[broken["associatedRule"]["index"]]["id"] == "KA-W-0008"
    assert "locations" not in broken
    assert "region" not in missing["locations"][0]["physicalLocation"]


def test_nothing_found_is_an_empty_list() -> None:
    run = run_of(build.result(findings=[], rules=[], controls=[], frameworks=[], skipped={}))
    assert run["results"] == []
    assert run["invocations"][0]["executionSuccessful"] is True


def test_further_subjects_are_related_locations() -> None:
    also = (build.subject(namespace="staging"), build.subject("quota", "", "Namespace"))
    (found,) = run_of(build.result([build.finding(also=also)]))["results"]
    names = [related["logicalLocations"][0]["fullyQualifiedName"] for related in found["relatedLocations"]]
    assert names == ["staging/apps/v1/Deployment/api", "v1/Namespace/quota"]


def test_approximate_place_says_so() -> None:
    (found,) = run_of(build.result([build.finding(location=build.place(approximate=True))]))["results"]
    (location,) = found["locations"]
    assert location["properties"] == {"approximate": True}
    assert "nearest known place" in location["message"]["text"]


def test_long_field_is_marked_by_its_first_line() -> None:
    place = build.place(end_line=40, end_column=3, snippet="    securityContext:")
    (found,) = run_of(build.result([build.finding(location=place)]))["results"]
    physical = found["locations"][0]["physicalLocation"]
    assert physical["region"] == {
        "startLine": 7,
        "startColumn": 5,
        "endLine": 7,
        "snippet": {"text": "securityContext:"},
    }


@pytest.mark.parametrize("rule", ["secrets.literal_value", "workload.privileged"])
def test_line_with_a_secret_is_not_quoted(rule: str) -> None:
    found = build.finding(rule=build.rule(rule), location=build.place(snippet="    password: hunter2"))
    text = build.rendered(sarif, build.result([found])).decode()
    assert ("hunter2" in text) == (rule != "secrets.literal_value")


def test_minified_line_is_not_quoted() -> None:
    place = build.place(snippet='{"kind": "List", ' * 1000)
    assert len(build.rendered(sarif, build.result([build.finding(location=place)]))) < 20_000


def test_guids_and_fingerprints_follow_the_finding() -> None:
    same = build.finding()
    first, again = run_of(build.result([same])), run_of(build.result([build.finding(), same]))
    assert first["results"][0]["guid"] == again["results"][1]["guid"] != again["results"][0]["guid"]
    assert first["results"][0]["fingerprints"] == {"kubeassay/v1": same.fingerprint}
    assert first["tool"]["driver"]["guid"] == again["tool"]["driver"]["guid"]


HOSTILE = [
    "a b#c%20d?.yaml",
    "deploy/über/日本.yaml",
    "new\nline\t\x1b[31m.yaml",
    "bytes-\udcff.yaml",
    "half-\ud83d.yaml",
    "[click](https://example.org){0}.yaml",
    "c:/d.yaml",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_encoded(name: str) -> None:
    hostile = build.finding(
        subject=Subject("v1", "Pod", "", name),
        message=f"Container {name} runs privileged",
        location=build.place(uri=name, snippet=f"    name: {name}"),
    )
    scan = build.result([hostile], problems=[Problem("unreadable-file", f"{name} is odd", name)])
    (found,) = run_of(scan)["results"]
    uri = found["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri.isascii()
    assert not set(uri) & set(" #?[]{}:\n")
    if "half" not in name:
        assert unquote(uri, errors="surrogateescape") == name
    text = found["message"]["text"]
    assert text.isprintable()
    assert "[click](" not in text
    assert "{0}" not in text.replace("{{0}}", "")


def test_file_outside_of_the_scanned_folder_is_absolute() -> None:
    (found,) = run_of(build.result([build.finding(location=build.place(uri="/etc/k8s/a b.yaml"))]))["results"]
    file = found["locations"][0]["physicalLocation"]["artifactLocation"]
    assert file == {"uri": "file:///etc/k8s/a%20b.yaml", "index": 0}


def test_checkout_is_told_with_the_scanned_folder_below_it(tmp_path: Path) -> None:
    root = tmp_path / "deploy here"
    (tmp_path / ".git").mkdir()
    root.mkdir()
    (tmp_path / ".git/HEAD").write_text("ref: refs/heads/main\n")
    (tmp_path / ".git/packed-refs").write_text(f"# pack-refs\n{'ab' * 20} refs/heads/main\n")
    (tmp_path / ".git/config").write_text(
        '[remote "origin"]\n\turl = https://me:secret@example.org/a/b.git\n'
    )
    run = run_of(build.result([build.finding()]), root=root)
    assert run["versionControlProvenance"] == [
        {
            "repositoryUri": "https://example.org/a/b.git",
            "revisionId": "ab" * 20,
            "branch": "main",
            "mappedTo": {"uriBaseId": "%REPOROOT%"},
        }
    ]
    scanned = run["originalUriBaseIds"]["%SRCROOT%"]
    assert (scanned["uri"], scanned["uriBaseId"]) == ("deploy%20here/", "%REPOROOT%")
    assert str(tmp_path) not in json.dumps(run)


def test_batches_join_to_one_list() -> None:
    findings = [build.finding(location=build.place(line=line)) for line in range(1, 1003)]
    lines = [
        found["locations"][0]["physicalLocation"]["region"]["startLine"]
        for found in run_of(build.result(findings))["results"]
    ]
    assert lines == list(range(1, 1003))


def test_25_000_results_take_less_than_a_second() -> None:
    findings = [
        build.finding(subject=build.subject(f"app-{line // 20}"), location=build.place(line=line))
        for line in range(1, 25_001)
    ]
    begin = time.process_time()
    text = build.rendered(sarif, build.result(findings))
    assert time.process_time() - begin < 1
    assert VALIDATOR.is_valid(json.loads(text))


def test_a_note_is_no_failure() -> None:
    note = Note("framework-version", "cis-x-1 is written for Kubernetes 1.32", "name cis-x")
    invocation = run_of(build.result(notes=[note]))["invocations"][0]
    assert invocation["executionSuccessful"]
    first = invocation["toolConfigurationNotifications"][0]
    assert (first["descriptor"]["id"], first["level"]) == ("framework-version", "note")
    assert first["message"]["text"] == "cis-x-1 is written for Kubernetes 1.32. Remedy: name cis-x."
