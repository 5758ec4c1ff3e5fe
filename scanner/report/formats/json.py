"""The result as JSON, schema `kubeassay.result/v1` (docs/schemas/result.v1.json)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import UNSET

from scanner import __version__
from scanner.collect.interface import Location
from scanner.findings.model import Finding, Looked, ScanResult, subject_of
from scanner.report import document
from scanner.report.counts import count
from scanner.report.encode import encode
from scanner.report.interface import ReportOptions

DESCRIPTION = "everything, for machines (schema kubeassay.result/v1)"


def render(result: ScanResult, options: ReportOptions) -> Iterable[bytes]:
    """One JSON object on one line."""
    counts = count(result)
    findings = [_finding(finding) for finding in result.findings]
    if options.passes:
        findings.extend(passed for entry in result.looked for passed in _looked(entry))
    return [
        encode(
            document.Result(
                schema="kubeassay.result/v1",
                tool=document.Tool(name="kubeassay", version=__version__, engine=result.engine),
                complete=result.complete,
                kubernetes_version=result.kubernetes_version,
                snapshot=result.snapshot,
                sources=list(result.sources),
                summary=document.Summary(
                    objects=result.objects,
                    files=result.files,
                    skipped=dict(result.skipped),
                    by_status={status.value: number for status, number in counts.statuses.items()},
                    by_severity={severity.value: number for severity, number in counts.severities.items()},
                ),
                findings=findings,
                controls=[
                    document.Control(
                        framework=control.framework.id,
                        id=control.control.id,
                        title=control.control.title,
                        status=control.status,
                        reason=control.reason,
                        counts={status.value: number for status, number in control.counts.items() if number},
                    )
                    for control in result.controls
                ],
                rules=[
                    document.Rule(id=rule.id, name=rule.name, title=rule.title, severity=rule.severity)
                    for rule in result.rules
                ],
                notifications=[
                    document.Notification(
                        code=problem.code,
                        message=problem.message,
                        uri=problem.uri,
                        line=problem.line,
                        column=problem.column,
                        remedy=problem.remedy,
                    )
                    for problem in result.problems
                ],
            )
        ),
        b"\n",
    ]


def _finding(finding: Finding) -> document.Finding:
    rule = finding.rule
    return document.Finding(
        rule=rule.id,
        rule_name=rule.name,
        status=finding.status,
        severity=finding.severity,
        subject=finding.subject,
        controls=finding.controls,
        message=finding.message,
        path=finding.path,
        location=_place(finding.location),
        fingerprint=finding.fingerprint,
        also=finding.also or UNSET,
    )


def _looked(entry: Looked) -> Iterator[document.Finding]:
    message = entry.reason or f"looked at {', '.join(entry.rule.reads)}"
    for resource in entry.resources:
        yield document.Finding(
            rule=entry.rule.id,
            rule_name=entry.rule.name,
            status=entry.status,
            severity=entry.rule.severity,
            subject=subject_of(resource),
            controls=(),
            message=message,
            location=document.Place(uri=resource.origin.uri),
        )


def _place(location: Location) -> document.Place:
    return document.Place(
        uri=location.uri,
        start_line=location.line,
        start_column=location.column,
        end_line=location.end_line,
        end_column=location.end_column,
        approximate=location.approximate or UNSET,
    )
