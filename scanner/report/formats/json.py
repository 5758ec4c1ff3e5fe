"""The result as JSON, schema `kubeassay.result/v1` (docs/schemas/result.v1.json)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from scanner import __version__
from scanner.collect.interface import Location, Problem
from scanner.findings.model import ControlResult, Finding, Looked, ScanResult, Subject, subject_of
from scanner.report.interface import ReportOptions

DESCRIPTION = "everything, for machines (schema kubeassay.result/v1)"


def render(result: ScanResult, options: ReportOptions) -> Iterable[bytes]:
    """One JSON object."""
    findings = [_finding(finding) for finding in result.findings]
    if options.passes:
        findings.extend(passed for entry in result.looked for passed in _looked(entry))
    document = {
        "schema": "kubeassay.result/v1",
        "tool": {"name": "kubeassay", "version": __version__, "engine": result.engine},
        "complete": result.complete,
        "kubernetes_version": result.kubernetes_version,
        "snapshot": result.snapshot,
        "sources": list(result.sources),
        "summary": _summary(result),
        "findings": findings,
        "controls": [_control(control) for control in result.controls],
        "rules": [
            {"id": rule.id, "name": rule.name, "title": rule.title, "severity": rule.severity}
            for rule in result.rules
        ],
        "notifications": [_problem(problem) for problem in result.problems],
    }
    yield msgspec.json.encode(document)
    yield b"\n"


def _summary(result: ScanResult) -> dict[str, Any]:
    statuses: dict[str, int] = {}
    severities: dict[str, int] = {}
    for finding in result.findings:
        statuses[finding.status] = statuses.get(finding.status, 0) + 1
        if finding.status == "fail":
            severities[finding.severity] = severities.get(finding.severity, 0) + 1
    for entry in result.looked:
        statuses[entry.status] = statuses.get(entry.status, 0) + len(entry.resources)
    return {
        "objects": result.objects,
        "files": result.files,
        "skipped": dict(result.skipped),
        "by_status": statuses,
        "by_severity": severities,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    rule = finding.rule
    out: dict[str, Any] = {
        "rule": rule.id,
        "rule_name": rule.name,
        "status": finding.status,
        "severity": finding.severity,
        "subject": _subject(finding.subject),
        "controls": finding.controls,
        "message": finding.message,
        "path": finding.path,
        "location": _location(finding.location),
        "fingerprint": finding.fingerprint,
    }
    if finding.also:
        out["also"] = [_subject(subject) for subject in finding.also]
    return out


def _looked(entry: Looked) -> Iterator[dict[str, Any]]:
    message = entry.reason or f"looked at {', '.join(entry.rule.reads)}"
    for resource in entry.resources:
        yield {
            "rule": entry.rule.id,
            "rule_name": entry.rule.name,
            "status": entry.status,
            "severity": entry.rule.severity,
            "subject": _subject(subject_of(resource)),
            "controls": (),
            "message": message,
            "location": {"uri": resource.origin.uri},
        }


def _subject(subject: Subject) -> dict[str, str]:
    return {
        "api_version": subject.api_version,
        "kind": subject.kind,
        "namespace": subject.namespace,
        "name": subject.name,
    }


def _location(location: Location) -> dict[str, Any]:
    out: dict[str, Any] = {
        "uri": location.uri,
        "start_line": location.line,
        "start_column": location.column,
        "end_line": location.end_line,
        "end_column": location.end_column,
    }
    if location.approximate:
        out["approximate"] = True
    return out


def _control(result: ControlResult) -> dict[str, Any]:
    return {
        "framework": result.framework.id,
        "id": result.control.id,
        "title": result.control.title,
        "status": result.status,
        "reason": result.reason,
        "counts": {status.value: count for status, count in result.counts.items() if count},
    }


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "code": problem.code,
        "message": problem.message,
        "uri": problem.uri,
        "line": problem.line,
        "column": problem.column,
        "remedy": problem.remedy,
    }
