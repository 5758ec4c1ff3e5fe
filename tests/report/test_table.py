"""The report for people: what they see, in any terminal, whatever is in the names."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest

from scanner.catalog.model import Severity
from scanner.collect.interface import Problem
from scanner.findings.model import Note, ScanResult, Status, Subject
from scanner.report.formats import table
from scanner.report.table.terminal import Terminal, cells, cut
from tests.report import build

CODES = re.compile("\x1b\\[[0-9;]*m")


def shown(scan: ScanResult, **options: Any) -> str:
    return build.rendered(table, scan, **options).decode()


def test_few_findings_are_shown_in_full_by_file_and_object() -> None:
    second = build.finding(
        rule=build.HOST_IPC, message="The pod shares the host's IPC namespace", controls=()
    )
    text = shown(build.result([build.finding(also=(build.subject("b"), build.subject("c"))), second]))
    assert text.startswith(
        """\
deploy/api.yaml
  Deployment prod/api

critical  KA-W-0001  Container runs privileged
     7 │ privileged: true # why?
       │ ^^^^^^^^^^^^^^^^ Container "web" runs privileged (and 2 more subjects)
       → Remove privileged, or set it to false.
         pss-baseline privileged

high      KA-W-0008  Pod shares the host's IPC namespace
     7 │ privileged: true # why?
       │ ^^^^^^^^^^^^^^^^ The pod shares the host's IPC namespace
       → Remove hostIPC.

3 objects in 2 files; passed over: 1 not a Kubernetes object
"""
    )


def test_faults_of_one_rule_share_their_heading() -> None:
    findings = [build.finding(location=build.place(line=line)) for line in (7, 9)]
    text = shown(build.result(findings))
    assert text.count("KA-W-0001") == 1
    assert text.count("privileged: true") == 2
    assert text.count("→ Remove privileged") == 1


def test_thousands_are_shown_by_rule() -> None:
    low = build.rule("workload.low", id="KA-W-0500", severity=Severity.LOW, title="Something small")
    findings = [build.finding(location=build.place(f"{n % 40}.yaml", n + 1)) for n in range(4_000)]
    findings += [build.finding(rule=low) for _ in range(4_000)]
    text = shown(build.result(findings))
    assert len(text.splitlines()) < 50
    assert re.search(r"^critical  KA-W-0001  Container runs privileged +4000 places in 40 files$", text, re.M)
    assert "and 3995 more" in text
    assert "and 3999 more" in text
    assert "--output json=FILE" in text
    assert "4000 critical · 4000 low" in text


def test_places_shown_of_many_differ_in_wording() -> None:
    medium = build.rule("workload.medium", id="KA-W-0500", severity=Severity.MEDIUM)
    findings = [build.finding(rule=medium, message=f'Container "{n}" has no limit') for n in range(60)]
    findings.append(build.finding(rule=medium, message="The pod has no limit"))
    text = shown(build.result(findings))
    assert 'Container "0" has no limit' in text
    assert "The pod has no limit" in text


@pytest.mark.parametrize("status", [Status.UNKNOWN, Status.ERROR])
def test_what_is_not_known_stands_where_faults_do(status: Status) -> None:
    text = shown(build.result([build.finding(status=status, message="the template could not be read")]))
    assert re.search(rf"^{status}\W+KA-W-0001  Container runs privileged +critical$", text, re.M)
    assert "the template could not be read" in text
    assert text.endswith("Incomplete: 1 judgement could not be made.\n")


def test_problems_come_with_place_and_remedy() -> None:
    problem = Problem("yaml-syntax", "mapping values are not allowed", "a.yaml", 3, 9, "mend the indentation")
    text = shown(build.result(problems=[problem] * 12))
    assert "error a.yaml:3:9: mapping values are not allowed\n        → mend the indentation\n" in text
    assert "and 2 more of yaml-syntax" in text
    assert text.endswith("Incomplete: 12 inputs could not be read or run.\n")


def test_controls_not_checked_are_listed() -> None:
    text = shown(build.result(**build.reviewed()))
    assert "Not checked\n  unknown house-rules 3: no rule decides it yet\n" in text
    assert "For a person to check\n  manual  house-rules 1\n" in text
    assert "house-rules   1 unknown · 1 manual · 1 not applicable\n" in text
    assert text.endswith("Incomplete: 1 control could not be decided.\n")


def test_nothing_wrong_is_said_in_words() -> None:
    text = shown(build.result(looked=[build.looked()]))
    assert "faults        none\n" in text
    assert "judgements    2 pass\n" in text
    assert text.endswith("Complete: everything that was asked for was checked.\n")


def test_passes_are_listed_on_demand() -> None:
    scan = build.result(looked=[build.looked(), build.looked(Status.NOT_APPLICABLE, 1, "no pod of Linux")])
    assert "deploy/web.yaml" not in shown(scan)
    text = shown(scan, passes=True)
    assert "pass  KA-W-0008  Pod shares the host's IPC namespace\n  looked at spec.hostIPC\n" in text
    assert text.count("  Deployment prod/web  deploy/web.yaml\n") == 3


def test_secret_is_not_quoted() -> None:
    found = build.finding(rule=build.rule("secrets.x"), location=build.place(snippet="    password: hunter2"))
    text = shown(build.result([found]))
    assert "hunter2" not in text
    assert '     7 │ Container "web" runs privileged' in text


def test_approximate_line_is_marked_and_explained() -> None:
    text = shown(build.result([build.finding(location=build.place(approximate=True))]))
    assert "│ ~~~~~~~~~~~~~~~~ Container" in text
    assert "~~~ marks the nearest known line" in text


def test_field_far_to_the_right_is_shown() -> None:
    line = '{"a": "' + "x" * 500 + '", "privileged": true, "b": "' + "y" * 500 + '"}'
    column = line.index('"privileged"') + 1
    place = build.place(snippet=line, column=column, end_column=column + 18)
    code, marks = (
        text.partition("│ ")[2]
        for text in shown(build.result([build.finding(location=place)]), width=80).splitlines()
        if "│" in text
    )
    assert code[marks.index("^") : marks.rindex("^") + 1] == '"privileged": true'


def test_wide_characters_keep_the_mark_in_place() -> None:
    line = "日本: {privileged: true}"
    place = build.place(snippet=line, column=6, end_column=22)
    code, marks = (
        text.partition("│ ")[2]
        for text in shown(build.result([build.finding(location=place)])).splitlines()
        if "│" in text
    )
    assert cells(code[: code.index("privileged")]) == marks.index("^") == 7


@pytest.mark.parametrize(
    "name", ["\x1b[2J\x1b]0;owned\x07", "a\nComplete: forged", "\u202egpj.exe", "\udcff"]
)
def test_names_cannot_steer_the_terminal(name: str) -> None:
    hostile = build.rule("house.x", id="X-A-0001", title=name, remediation=name, bundle=name)
    findings = [
        build.finding(
            rule=hostile,
            subject=Subject("v1", name, name, name),
            message=name,
            location=build.place(uri=name, snippet=f"    {name}", column=1, end_column=99),
            controls=(f"{name}/{name}",),
            status=status,
        )
        for status in (Status.FAIL, Status.UNKNOWN)
    ]
    problems = [Problem(name, name, name, 1, 1, name)]
    for many in (1, 40):
        scan = build.result(findings * many, problems=problems, skipped={name: 1})
        for line in shown(scan, passes=True).splitlines():
            assert line.isprintable()
            assert not line.startswith("Complete")


@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize("many", [1, 60])
def test_lines_fit_and_colours_change_nothing_else(width: int, many: int) -> None:
    findings = [build.finding(), build.finding(rule=build.HOST_IPC, status=Status.UNKNOWN)] * many
    problem = Problem("yaml-syntax", "mapping values are not allowed " * 3, "a.yaml", 3, 9, "mend it " * 20)
    scan = build.result(findings, problems=[problem], **build.reviewed())
    plain = shown(scan, width=width)
    colored = shown(scan, width=width, color=True)
    assert "\x1b" not in plain
    assert CODES.sub("", colored) == plain
    assert colored != plain
    assert max(map(cells, plain.splitlines())) <= width


def test_long_word_is_left_whole() -> None:
    link = "https://example.org/" + "x" * 80
    lines = list(Terminal(40, False).wrap(f"see {link} for more", "  "))
    assert lines == ["  see", f"  {link}", "  for more"]


def test_cut_counts_columns() -> None:
    assert cut("日本語の名前", 7) == "日本語…"
    assert cells(cut("é́ab" * 20, 9)) == 9
    assert cut("short", 5) == "short"


def test_80_000_findings_take_less_than_a_second() -> None:
    scan = build.result([build.finding(location=build.place(line=line)) for line in range(1, 80_001)])
    begin = time.process_time()
    shown(scan)
    assert time.process_time() - begin < 1


def test_notes_are_shown_and_the_scan_is_complete_all_the_same() -> None:
    text = shown(build.result(notes=[Note("framework-version", "written for 1.32", "name another")]))
    assert "Notes" in text
    assert "note  written for 1.32" in text
    assert "→ name another" in text
    assert "Complete:" in text


def test_rules_without_facts_are_shown_by_what_was_wanting() -> None:
    cluster = Subject("kubeassay.dev/v1", "ClusterFacts", "", "prod")
    blind = [
        build.finding(rule=each, subject=cluster, status=Status.UNKNOWN, message="No kubelet was found")
        for each in (build.rule(), build.HOST_IPC)
    ]
    text = shown(build.result([*blind, build.finding()]))
    assert text.count("No kubelet was found") == 1
    assert "2 rules: KA-W-0001, KA-W-0008" in text
    assert "Container runs privileged" in text


def test_a_cluster_is_named_with_its_version() -> None:
    facts = {"metadata": {"name": "prod"}, "gitVersion": "v1.34.1", "collectedAt": "2026-11-25T19:34:00Z"}
    text = shown(build.result([], cluster=facts))
    assert "of the cluster prod (v1.34.1), collected at 2026-11-25T19:34:00Z" in text
