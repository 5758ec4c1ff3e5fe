"""The SARIF that GitHub's code scanning takes: open faults alone, within its limits, cut by severity.

A scan that could not read everything is marked as unsuccessful. It should not be uploaded: GitHub closes
every alert that an upload lacks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import msgspec

from scanner.encode import encode
from scanner.errors import ScannerError
from scanner.findings.model import ControlResult, Finding, ScanResult, Status
from scanner.report import github_lint as github
from scanner.report.interface import ReportOptions, drift_text
from scanner.report.line_hash import LineHashes
from scanner.report.sarif.descriptors import (
    LEVELS,
    NotificationKinds,
    automation_id,
    describe,
    driver,
    sentence,
)
from scanner.report.sarif.messages import finding_text, no_links, shortened
from scanner.report.sarif.model import (
    AutomationDetails,
    Descriptor,
    DescriptorReference,
    Invocation,
    Location,
    LogicalLocation,
    Message,
    Notification,
    PhysicalLocation,
    Result,
    Run,
    Tool,
    log,
)
from scanner.report.sarif.notifications import Notifier
from scanner.report.sarif.places import RepositoryFiles, qualified, region

DESCRIPTION = "the part of SARIF that GitHub code scanning takes, checked against its limits"

_LONGEST_MESSAGE = 1_500
_NAMED = 3
"""So many of further findings or subjects are named in an alert, the rest counted."""


@dataclass(slots=True)
class _Alert:
    """What GitHub shows as one alert: the findings of one rule on one line."""

    first: Finding
    others: list[Finding] = field(default_factory=list)


def render(result: ScanResult, options: ReportOptions) -> Iterable[bytes]:
    """One SARIF file with one run.

    Raises ScannerError when it is not what GitHub takes, which is a fault of ours.
    """
    builder = _Builder(result, options)
    alerts = builder.alerts()
    kept = min(len(alerts), github.KEPT_RESULTS)
    data = builder.document(alerts, kept)
    while kept and len(data) > github.MAX_COMPRESSED and _too_large(data):
        kept //= 2
        data = builder.document(alerts, kept)
    faults = github.lint(msgspec.json.decode(data))
    if faults:
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        raise ScannerError(
            f"the SARIF for GitHub would be rejected: {faults[0]}{more}",
            "this is a fault of kubeassay: please report it; --output sarif still works",
        )
    return [data, b"\n"]


def _too_large(data: bytes) -> bool:
    return github.compressed_size(data) > github.MAX_COMPRESSED


class _Builder:
    def __init__(self, result: ScanResult, options: ReportOptions) -> None:
        self._result = result
        self._files = RepositoryFiles(options.root, result.live)
        self._controls: dict[str, list[ControlResult]] = {}
        for control in result.controls:
            for name in control.control.rules:
                self._controls.setdefault(name, []).append(control)
        self._ids = _identifiers(result)

    def alerts(self) -> list[_Alert]:
        """What is open, worst first."""
        alerts: dict[tuple[str, str | None, int], _Alert] = {}
        for finding in sorted(self._result.findings, key=lambda f: f.severity.rank):
            if finding.status is Status.FAIL:
                place = finding.location
                key = (finding.rule.name, self._files.location(place.uri).uri, place.line)
                if key in alerts:
                    alerts[key].others.append(finding)
                else:
                    alerts[key] = _Alert(finding)
        return list(alerts.values())

    def document(self, alerts: Sequence[_Alert], kept: int) -> bytes:
        """The file with the first so many alerts."""
        kinds = NotificationKinds()
        references = {name: DescriptorReference(identifier) for name, identifier in self._ids.items()}
        notifier = Notifier(self._result, references, kinds, self._files)
        problems = notifier.problems()
        tool = driver()
        tool.rules = self._rules()
        run = Run(
            tool=Tool(tool),
            automation_details=AutomationDetails(automation_id(self._result)),
            column_kind="unicodeCodePoints",
            invocations=[Invocation(not problems, problems, self._left_out(notifier, alerts, kept))],
            results=self._results(alerts[:kept]),
        )
        tool.notifications = kinds.described
        return encode(log(run))

    def _rules(self) -> list[Descriptor]:
        described = []
        for rule in self._result.rules:
            descriptor = describe(rule, self._controls.get(rule.name, ()))
            descriptor.id = self._ids[rule.name]
            descriptor.name = shortened(descriptor.name or rule.name, github.MAX_NAME)
            for text in (descriptor.short_description, descriptor.full_description):
                if text is not None:
                    text.text = shortened(text.text, github.MAX_DESCRIPTION)
            descriptor.properties["tags"] = descriptor.properties["tags"][: github.KEPT_TAGS]
            described.append(descriptor)
        return described

    def _results(self, alerts: Sequence[_Alert]) -> list[Result]:
        hashes = self._hashes(alerts)
        indices = {rule.name: index for index, rule in enumerate(self._result.rules)}
        results = []
        for alert in alerts:
            finding, place = alert.first, alert.first.location
            subject = LogicalLocation(qualified(finding.subject), finding.subject.name, "resource")
            physical = PhysicalLocation(self._files.location(place.uri), region(place))
            line_hash = hashes.get(place.uri, {}).get(place.line) or f"{finding.fingerprint}:1"
            results.append(
                Result(
                    "fail",
                    LEVELS[finding.severity],
                    Message(_text(alert)),
                    self._ids[finding.rule.name],
                    indices[finding.rule.name],
                    locations=[Location(physical, [subject])],
                    fingerprints={"kubeassay/v1": finding.fingerprint},
                    partial_fingerprints={"primaryLocationLineHash": line_hash},
                )
            )
        return results

    def _hashes(self, alerts: Sequence[_Alert]) -> dict[str, dict[int, str]]:
        """File → line → hash; of files that are there, so no standard input."""
        lines: dict[str, set[int]] = {}
        for alert in alerts:
            lines.setdefault(alert.first.location.uri, set()).add(alert.first.location.line)
        hasher = LineHashes()
        found = {}
        for uri, wanted in lines.items():
            if uri in self._result.live:
                continue
            try:
                data = self._files.path(uri).read_bytes()
            except (OSError, ValueError):
                continue
            found[uri] = hasher.of(data, wanted)
        return found

    def _left_out(self, notifier: Notifier, alerts: Sequence[_Alert], kept: int) -> list[Notification]:
        notes = list(notifier.notes())
        if kept < len(alerts):
            worst = alerts[kept].first.severity
            text = (
                f"GitHub takes {kept} of the {len(alerts)} alerts: the least severe, from {worst} down, are "
                "left out; --output sarif and --output json have them all"
            )
            notes.append(notifier.note("results-cut", "warning", text))
        statuses = [finding.status for finding in self._result.findings]
        undecided = statuses.count(Status.UNKNOWN) + statuses.count(Status.ERROR)
        if undecided:
            text = f"{undecided} judgements could not be made and are no alerts; --output sarif has them"
            notes.append(notifier.note("judgements-not-made", "warning", text))
        return notes


def _identifiers(result: ScanResult) -> dict[str, str]:
    """Rule name → its id, which a user's bundle may share with a rule of ours."""
    taken: set[str] = set()
    identifiers = {}
    for rule in result.rules:
        identifier = f"{rule.bundle}/{rule.id}" if rule.id in taken else rule.id
        taken.add(identifier)
        identifiers[rule.name] = identifier
    return identifiers


def _text(alert: _Alert) -> str:
    finding = alert.first
    parts = [finding_text(finding)]
    if finding.also:
        parts.append(f"The same holds for {_list([str(subject) for subject in finding.also])}.")
    if alert.others:
        parts.append(f"On the same line: {_list([other.message.rstrip('.') for other in alert.others])}.")
    if finding.location.drift:
        drift = drift_text(finding.location)
        parts.append(sentence(drift[:1].upper() + drift[1:]))
    elif finding.location.approximate:
        parts.append("The line is the nearest known one.")
    return no_links(shortened(" ".join(parts), _LONGEST_MESSAGE))


def _list(names: list[str]) -> str:
    more = [f"{len(names) - _NAMED} more"] if len(names) > _NAMED else []
    return "; ".join([*names[:_NAMED], *more])
