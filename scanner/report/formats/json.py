"""The result as JSON, schema `kubeassay.result/v1` (docs/schemas/result.v1.json)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from msgspec import UNSET, UnsetType

from scanner import __version__
from scanner.catalog.account import remedy
from scanner.catalog.model import Rule
from scanner.collect.interface import Location
from scanner.encode import encode
from scanner.fields import as_integer, entries, text
from scanner.findings.model import ControlResult, Finding, Looked, ScanResult, Status, subject_of
from scanner.report import document
from scanner.report.counts import count
from scanner.report.interface import ReportOptions

DESCRIPTION = "everything, for machines (schema kubeassay.result/v1)"


_BATCH = 1_000
_FINDINGS = b'"findings":['


def render(result: ScanResult, options: ReportOptions) -> Iterator[bytes]:
    """One JSON object on one line; findings are encoded some at a time."""
    # quotes in texts are escaped, so that the member alone reads like this
    before, _, after = _frame(result).partition(_FINDINGS)
    yield before + _FINDINGS
    findings, comma = _findings(result, options), b""
    while batch := list(islice(findings, _BATCH)):
        yield comma + encode(batch)[1:-1]
        comma = b","
    yield after + b"\n"


def _findings(result: ScanResult, options: ReportOptions) -> Iterator[document.Finding]:
    yield from map(_finding, result.findings)
    if options.passes:
        for entry in result.looked:
            yield from _looked(entry)


def _frame(result: ScanResult) -> bytes:
    """The document without findings."""
    counts = count(result)
    rules = {rule.name: rule for rule in result.rules}
    return encode(
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
                matched=dict(result.matched) or UNSET,
            ),
            findings=[],
            controls=[
                document.Control(
                    framework=control.framework.id,
                    id=control.control.id,
                    title=control.control.title,
                    status=control.status,
                    reason=control.reason,
                    counts={status.value: number for status, number in control.counts.items() if number},
                    level=control.control.level or UNSET,
                    assessment=control.control.stated or UNSET,
                    remediation=_remedy(control, rules, result.distribution),
                    aspects=[
                        document.Aspect(name=aspect.name, status=aspect.status, reason=aspect.reason)
                        for aspect in control.aspects
                    ]
                    or UNSET,
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
            ]
            + [
                document.Notification(note.code, note.message, "", None, None, note.remedy, "note")
                for note in result.notes
            ],
            cluster=_cluster(result.cluster) if result.cluster else UNSET,
        )
    )


_SETTLED = frozenset({Status.PASS, Status.NOT_APPLICABLE})


def _remedy(result: ControlResult, rules: Mapping[str, Rule], distribution: str) -> str | UnsetType:
    if result.status in _SETTLED:
        return UNSET
    own = [rules[name] for name in result.control.rules if name in rules]
    return remedy(result.control, own, distribution) or UNSET


def _cluster(facts: Mapping[str, Any]) -> document.Cluster:
    """The cluster from its ClusterFacts."""
    return document.Cluster(
        name=text(facts, "metadata", "name"),
        server=text(facts, "server"),
        kubernetes_version=text(facts, "gitVersion"),
        collected_at=text(facts, "collectedAt"),
        kinds=[
            document.Kind(
                group=text(entry, "group"),
                kind=text(entry, "kind"),
                status=text(entry, "status"),
                count=as_integer(entry.get("count")) or 0,
                reason=text(entry, "reason") or UNSET,
                metadata=entry.get("content") == "metadata" or UNSET,
            )
            for _, entry in entries(facts, "kinds")
        ],
    )


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
        drift=location.drift or UNSET,
    )
