"""The one place that makes findings: each has a rule, a subject, a location and a fingerprint."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from scanner.catalog.model import Rule
from scanner.collect.interface import Path, Resource
from scanner.evaluate.interface import Fault
from scanner.evaluate.judge import Judgement
from scanner.evaluate.projection import Unit
from scanner.findings.model import Finding, Looked, Status, Subject, subject_of

_KINDS = {
    "containers": "container",
    "initContainers": "init container",
    "ephemeralContainers": "ephemeral container",
    "steps": "container",
    "sidecars": "sidecar",
}
_NAMED = ("name", "key", "type")


class FindingBuilder:
    """Turns judgements into findings and into what was looked at without a fault."""

    def __init__(self, controls_of: Mapping[str, tuple[str, ...]]) -> None:
        self._controls_of = controls_of
        """Rule name → its controls, as `<framework>/<control>`."""
        self._subjects: dict[int, Subject] = {}
        self._findings: dict[tuple[str, str, str, int, int, str], Finding] = {}
        self._looked: dict[tuple[str, Status, str], list[Unit]] = {}
        self._rules: dict[str, Rule] = {}

    def add(self, judgement: Judgement) -> None:
        """Take one judgement."""
        rule, outcome = judgement.rule, judgement.outcome
        self._rules[rule.name] = rule
        if outcome.error:
            self._add_error(rule, outcome.error, judgement.units)
            return
        if outcome.fail or outcome.unknown:
            for unit in judgement.units:
                for fault in outcome.fail:
                    self._add(rule, Status.FAIL, unit, fault)
                for fault in outcome.unknown:
                    self._add(rule, Status.UNKNOWN, unit, fault)
            return
        status, reason = Status.PASS, ""
        if outcome.not_applicable:
            status = Status.NOT_APPLICABLE
            reason = "; ".join(sorted(str(fault.get("message", "")) for fault in outcome.not_applicable))
        self._looked.setdefault((rule.name, status, reason), []).extend(judgement.units)

    def findings(self) -> list[Finding]:
        """The findings, worst first, then by place."""
        found = _separate(self._findings.values())
        found.sort(
            key=lambda f: (
                f.severity.rank,
                f.rule.id,
                f.location.uri,
                f.location.line,
                f.location.column,
                f.fingerprint,
            )
        )
        return found

    def looked(self) -> list[Looked]:
        """What passed and what does not apply, by rule."""
        return [
            Looked(
                self._rules[name],
                status,
                reason,
                [unit.resource for unit in units],
            )
            for (name, status, reason), units in sorted(self._looked.items())
        ]

    def _subject(self, resource: Resource) -> Subject:
        known = self._subjects.get(id(resource))
        if known is None:
            known = self._subjects[id(resource)] = subject_of(resource)
        return known

    def _add_error(self, rule: Rule, error: str, units: Sequence[Unit]) -> None:
        """One finding for a broken rule, at the first subject; the others stand beside it."""
        subjects = dict.fromkeys(self._subject(unit.resource) for unit in units)
        key = (rule.name, Status.ERROR, "", 0, 0, error)
        known = self._findings.get(key)
        if known is not None:
            more = [subject for subject in subjects if subject not in (known.subject, *known.also)]
            self._findings[key] = replace(known, also=(*known.also, *more))
            return
        first, *others = subjects
        self._findings[key] = Finding(
            rule=rule,
            status=Status.ERROR,
            severity=rule.severity,
            subject=first,
            message=error,
            path=(),
            location=units[0].resource.origin.locate(()),
            fingerprint=_fingerprint(rule.id, Status.ERROR, first, "", {}),
            controls=self._controls_of.get(rule.name, ()),
            also=tuple(others),
        )

    def _add(self, rule: Rule, status: Status, unit: Unit, fault: Fault) -> None:
        subject = self._subject(unit.resource)
        path = unit.field_path(fault)
        location = unit.resource.origin.locate(path)
        if rule.area == "secrets":
            location = replace(location, snippet="")  # the line at fault holds the secret
        symbolic, container, value = _walk(path, unit.resource.body)
        message = _message(str(fault.get("message", rule.title)), container, value)
        if unit.namespace is not None and not unit.declared:
            subject = Subject("v1", "Namespace", "", unit.namespace)
        key = (rule.name, status, location.uri, location.line, location.column, f"{symbolic} {message}")
        known = self._findings.get(key)
        if known is not None:
            # the same line of a base rendered by two overlays, or an alias used twice: one fault
            if subject != known.subject and subject not in known.also:
                self._findings[key] = replace(known, also=(*known.also, subject))
            return
        self._findings[key] = Finding(
            rule=rule,
            status=status,
            severity=rule.severity,
            subject=subject,
            message=message,
            path=path,
            location=location,
            fingerprint=_fingerprint(rule.id, status, subject, symbolic, fault),
            controls=self._controls_of.get(rule.name, ()),
        )


def _fingerprint(rule_id: str, status: Status, subject: Subject, symbolic: str, fault: Fault) -> str:
    group = subject.api_version.rpartition("/")[0]
    parts = (
        rule_id,
        "" if status is Status.FAIL else status.value,
        group,
        subject.kind,
        subject.namespace,
        subject.name,
        symbolic,
        str(fault.get("key", "")),
    )
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _separate(findings: Iterable[Finding]) -> list[Finding]:
    """Give findings that share a fingerprint one each, by the file they stand in, then by their order."""
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.fingerprint, []).append(finding)
    out: list[Finding] = []
    for fingerprint, group in groups.items():
        if len(group) == 1:
            out.append(group[0])
            continue
        group.sort(key=lambda f: (f.location.uri, f.location.line, f.location.column, f.message))
        seen: dict[str, int] = {}
        for finding in group:
            uri = finding.location.uri
            count = seen[uri] = seen.get(uri, 0) + 1
            digest = hashlib.sha256(f"{fingerprint}\0{uri}\0{count}".encode("utf-8", "surrogatepass"))
            out.append(replace(finding, fingerprint=digest.hexdigest()[:32]))
    return out


def _walk(path: Path, body: Any) -> tuple[str, str, Any]:
    """What a path passes: itself with list items called by their names (so that a reordered list keeps
    its fingerprints), the container in words, and the value at its end.
    """
    parts: list[str] = []
    container = listed = ""
    for key in path:
        if isinstance(key, str):
            body = body.get(key) if isinstance(body, dict) else None
            parts.append(key)
            listed = _KINDS.get(key, "")
            continue
        body = body[key] if isinstance(body, list) and 0 <= key < len(body) else None
        name = next((body[n] for n in _NAMED if body.get(n)), None) if isinstance(body, dict) else body
        parts.append(f"[{name if isinstance(name, str) else key}]")
        if listed and isinstance(body, dict):
            sidecar = listed == "init container" and body.get("restartPolicy") == "Always"
            container = f'{"sidecar" if sidecar else listed} "{body.get("name", key)}"'
            listed = ""
    return ".".join(parts), container, body


def _message(template: str, container: str, value: Any) -> str:
    if "{" not in template:
        return template
    shown = str(value)[:80] if isinstance(value, (str, int, float)) else ""
    text = template.replace("{container}", container or "the container").replace("{value}", shown)
    return text[:1].upper() + text[1:] if template.startswith("{container}") else text
