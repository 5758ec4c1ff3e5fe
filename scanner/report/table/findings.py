"""Findings as people read them: few in full, by file and object; many by rule, with the first places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from scanner.catalog.model import Severity
from scanner.findings.model import Finding, Status
from scanner.report.interface import drift_text, quotable
from scanner.report.table.terminal import Terminal, cells, cut, number
from scanner.text import one_line

MANY = 50
"""More findings than this are shown by rule."""
_PLACES = {Severity.CRITICAL: 5, Severity.HIGH: 3, Severity.MEDIUM: 2, Severity.LOW: 1, Severity.INFO: 1}
_LONGEST_SUBJECT = 400
"""Somewhat more than Kubernetes allows for a kind, a namespace and a name together."""
_VALUES = re.compile(r'"[^"]*"|\d+')
_INDENT = "  "
_GUTTER = 6


def lines(findings: Sequence[Finding], terminal: Terminal) -> Iterator[str]:
    """Every finding, or every rule with some of its findings."""
    blind = [finding for finding in findings if _is_blind(finding)]
    findings = [finding for finding in findings if not _is_blind(finding)] if blind else findings
    if len(findings) > MANY:
        yield from _by_rule(findings, terminal)
    else:
        yield from _by_subject(findings, terminal)
    if any(finding.location.approximate for finding in findings):
        yield from terminal.wrap(
            "~~~ marks the nearest known line, where the field's own could not be told.", ""
        )
        yield ""
    if blind:
        yield from _unjudged(blind, terminal)


def _is_blind(finding: Finding) -> bool:
    """It is about no object, but about what could not be learnt of the cluster."""
    return finding.status is Status.UNKNOWN and finding.subject.kind == "ClusterFacts"


def _unjudged(findings: Iterable[Finding], terminal: Terminal) -> Iterator[str]:
    """Rules that could not be judged for want of facts, by what was wanting."""
    causes: dict[str, list[str]] = {}
    for finding in findings:
        causes.setdefault(finding.message, []).append(finding.rule.id)
    yield terminal.paint("Could not be judged", "bold")
    for cause, rules in causes.items():
        label = terminal.paint("  unknown ", Status.UNKNOWN)
        yield from terminal.wrap(one_line(cause), " " * 10, label)
        yield from terminal.wrap(
            f"{number(len(rules), 'rule')}: {', '.join(rules)}", " " * 10, " " * 10, "dim"
        )
    yield ""


def _by_subject(findings: Iterable[Finding], terminal: Terminal) -> Iterator[str]:
    files: dict[str, dict[str, dict[tuple[str, str], list[Finding]]]] = {}
    for finding in findings:
        subjects = files.setdefault(finding.location.uri, {})
        rules = subjects.setdefault(str(finding.subject), {})
        rules.setdefault((finding.rule.name, finding.status), []).append(finding)
    for uri, subjects in files.items():
        yield terminal.paint(one_line(uri), "bold")
        for subject, rules in subjects.items():
            yield f"{_INDENT}{_named(subject)}"
            yield ""
            for group in rules.values():
                yield from _heading(group[0], "", terminal)
                for finding in group:
                    yield from _place(finding, terminal)
                yield from _advice(group[0], terminal)
                yield ""


def _by_rule(findings: Iterable[Finding], terminal: Terminal) -> Iterator[str]:
    rules: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        rules.setdefault((finding.rule.name, finding.status), []).append(finding)
    left_out = False
    for group in rules.values():
        first = group[0]
        files = len({finding.location.uri for finding in group})
        note = f"{len(group)} places in {number(files, 'file')}" if len(group) > 1 else ""
        yield from _heading(first, note, terminal)
        shown = _PLACES[first.severity]
        for finding in _various(group, shown):
            where = f"{_INDENT}{one_line(finding.location.uri)}:{finding.location.line}"
            subject = _named(str(finding.subject))
            fits = cells(where) + 2 + cells(subject) <= terminal.width
            yield terminal.paint(where, "bold") + (f"  {subject}" if fits else "")
            if not fits:
                yield f"{_INDENT}{subject}"
            yield from _place(finding, terminal)
        if len(group) > shown:
            left_out = True
            yield terminal.paint(f"{_INDENT}and {len(group) - shown} more", "dim")
        yield from _advice(first, terminal)
        yield ""
    if left_out:
        yield from terminal.wrap("Every place is in --output json=FILE and --output sarif=FILE.", "")
        yield ""


def _various(group: Sequence[Finding], most: int) -> list[Finding]:
    """The first so many, of different wording where there is any."""
    wordings: dict[str, Finding] = {}
    for finding in group:
        wordings.setdefault(_VALUES.sub("", finding.message), finding)
    chosen = list(wordings.values())[:most]
    chosen += [finding for finding in group[:most] if not any(finding is other for other in chosen)]
    return chosen[:most]


def _named(subject: str) -> str:
    return one_line(cut(subject, _LONGEST_SUBJECT))


def _heading(finding: Finding, note: str, terminal: Terminal) -> Iterator[str]:
    label = finding.severity if finding.status is Status.FAIL else finding.status
    lead = f"{terminal.paint(label, label)}{' ' * (9 - len(label))} {finding.rule.id}  "
    if finding.status is not Status.FAIL:
        note = f"{finding.severity}, {note}" if note else str(finding.severity)
    lines = list(terminal.wrap(one_line(finding.rule.title), " " * cells(lead), lead, "bold"))
    room = terminal.width - cells(lines[-1]) - len(note)
    if note and room < 2:
        lines.extend(terminal.wrap(note, " " * cells(lead), style="dim"))
    elif note:
        lines[-1] += " " * room + terminal.paint(note, "dim")
    yield from lines


def _place(finding: Finding, terminal: Terminal) -> Iterator[str]:
    place = finding.location
    message = one_line(finding.message)
    if finding.also:
        message += f" (and {number(len(finding.also), 'more subject')})"
    if place.drift:
        message += f" ({drift_text(place)})"
    margin = " " * _GUTTER + terminal.paint(" │ ", "gutter")
    numbered = terminal.paint(f"{place.line:>{_GUTTER}} │ ", "gutter")
    room = terminal.width - _GUTTER - 3
    code, offset, length = _excerpt(finding, room)
    if not code:
        yield from terminal.wrap(message, margin, numbered)
        return
    yield numbered + code
    mark = ("~" if place.approximate else "^") * length
    label = finding.severity if finding.status is Status.FAIL else finding.status
    underline = margin + " " * offset + terminal.paint(mark, label)
    if offset + length + 1 + cells(message) <= room:
        yield f"{underline} {message}"
    else:
        yield underline
        yield from terminal.wrap(message, margin)


def _excerpt(finding: Finding, room: int) -> tuple[str, int, int]:
    """The line at fault without its indentation, cut to fit, and which of its columns to mark."""
    place, line = finding.location, quotable(finding).rstrip()
    begin = min(max(place.column - 1, len(line) - len(line.lstrip())), len(line))
    end = max(begin, place.end_column - 1) if place.end_line == place.line else len(line)
    before, field = one_line(line[:begin].lstrip()), line[begin:end]
    text = before + one_line(line[begin:])
    offset = cells(before)
    if offset > room // 2:
        # far to the right, as in JSON on one line: begin shortly before it
        skipped = len(before) - room // 4
        text, offset = f"…{text[skipped:]}", 1 + cells(before[skipped:])
    length = cells(one_line(field.partition(" #")[0].rstrip()))
    return cut(text, room), offset, max(1, min(length, room - offset))


def _advice(finding: Finding, terminal: Terminal) -> Iterator[str]:
    indent = " " * (_GUTTER + 3)
    arrow = " " * (_GUTTER + 1) + terminal.paint("→ ", "remedy")
    yield from terminal.wrap(one_line(finding.rule.remediation), indent, arrow)
    if finding.controls:
        yield from terminal.wrap(one_line(_controls(finding.controls)), indent, indent, "dim")


def _controls(controls: Iterable[str]) -> str:
    frameworks: dict[str, list[str]] = {}
    for name in controls:
        framework, _, control = name.partition("/")
        frameworks.setdefault(framework, []).append(control)
    return " · ".join(f"{framework} {', '.join(ids)}" for framework, ids in frameworks.items())
