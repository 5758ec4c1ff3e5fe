"""SARIF 2.1.0, with everything that the standard can say of a scan."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from scanner.collect.cluster.origin import ClusterOrigin
from scanner.collect.interface import Resource
from scanner.encode import encode
from scanner.findings.model import ControlResult, Finding, Looked, ScanResult, Status, Subject, subject_of
from scanner.report.counts import count
from scanner.report.interface import ReportOptions, quotable
from scanner.report.sarif.descriptors import (
    LANGUAGE,
    LEVELS,
    RANKS,
    Descriptors,
    automation_id,
    control_name,
    guid,
)
from scanner.report.sarif.messages import finding_text, looked_text, manual_text, standard
from scanner.report.sarif.model import (
    ArtifactLocation,
    AutomationDetails,
    DescriptorReference,
    Indexed,
    Invocation,
    Location,
    Message,
    PhysicalLocation,
    Region,
    Result,
    Run,
    Tool,
    log,
)
from scanner.report.sarif.notifications import Notifier
from scanner.report.sarif.places import Objects, ScannedFiles, located, with_snippets

DESCRIPTION = "SARIF 2.1.0 in full: every status, frameworks, what was not checked"

_BATCH = 500
_END = b"]}]}"
"""Closes the results, the run, the runs and the file."""
_KINDS = {
    Status.FAIL: "fail",
    Status.WAIVED: "fail",
    Status.UNKNOWN: "open",
    Status.ERROR: "open",
    Status.MANUAL: "review",
    Status.NOT_APPLICABLE: "notApplicable",
    Status.PASS: "pass",
}


def render(result: ScanResult, options: ReportOptions) -> Iterator[bytes]:
    """One SARIF file with one run; results are made and written in batches, to need little memory."""
    builder = _Builder(result, options)
    yield encode(log(builder.run())).removesuffix(_END)
    results, comma = builder.results(), b""
    while batch := list(islice(results, _BATCH)):
        yield comma + encode(batch)[1:-1]
        comma = b","
    yield b"]," + encode(builder.indexed())[1:] + b"]}\n"


class _Builder:
    def __init__(self, result: ScanResult, options: ReportOptions) -> None:
        self._result = result
        self._passes = options.passes
        self._descriptors = Descriptors(result)
        self._files = ScannedFiles(options.root)
        self._objects = Objects()
        self._taxa: dict[tuple[str, ...], list[DescriptorReference]] = {}
        self._starts: dict[int, PhysicalLocation] = {}

    def run(self) -> Run:
        """The run, with no results yet."""
        described = self._descriptors
        notifier = Notifier(self._result, described.rules, described.kinds, self._files)
        problems = notifier.problems()
        identifier = automation_id(self._result)
        return Run(
            tool=Tool(described.driver, described.extensions),
            automation_details=AutomationDetails(identifier, guid("automation", identifier)),
            language=LANGUAGE,
            column_kind="unicodeCodePoints",
            default_source_language="yaml",
            original_uri_base_ids=self._files.bases(live=self._result.cluster is not None),
            version_control_provenance=[] if self._is_of_cluster_alone else self._files.provenance(),
            invocations=[Invocation(not problems, problems, [*notifier.notes(), *notifier.not_checked()])],
            taxonomies=described.taxonomies,
            properties=_properties(self._result),
            results=[],
        )

    @property
    def _is_of_cluster_alone(self) -> bool:
        """No file of the checkout that the scan was started in has to do with it."""
        return self._result.cluster is not None and not self._result.matched

    def results(self) -> Iterator[Result]:
        """Findings, then what a person has to check, then, if wanted, what passed."""
        for finding in self._result.findings:
            yield self._finding(finding)
        for control in self._result.controls:
            if control.status is Status.MANUAL:
                yield self._manual(control)
        if self._passes:
            for entry in self._result.looked:
                yield from self._looked(entry)

    def indexed(self) -> Indexed:
        """What the results so far refer to."""
        return Indexed(self._files.artifacts, self._objects.listed)

    def _finding(self, finding: Finding) -> Result:
        place = finding.location
        physical = with_snippets(self._file(place.uri), place, quotable(finding))
        result = self._new(finding.rule.name, finding.status, finding_text(finding))
        if result.kind == "fail":
            result.level, result.rank = LEVELS[finding.severity], RANKS[finding.severity]
        result.locations = [located(physical, [self._objects.location(finding.subject)], place)]
        result.related_locations = [
            Location(
                None, [self._objects.location(subject)], Message(standard(f"The same holds for {subject}."))
            )
            for subject in finding.also
        ]
        result.guid = guid("finding", finding.fingerprint)
        result.fingerprints = {"kubeassay/v1": finding.fingerprint}
        result.partial_fingerprints = {"kubeassay/subject/v1": _about(finding.rule.name, finding.subject)}
        result.taxa = self._taxa_of(finding.controls)
        result.properties = {
            "status": finding.status.value,
            "severity": finding.severity.value,
            "path": _pointer(finding.path),
        }
        return result

    def _file(self, uri: str) -> ArtifactLocation:
        if uri in self._result.live:
            return self._files.live(uri, self._result.live[uri])
        return self._files.location(uri)

    def _looked(self, entry: Looked) -> Iterator[Result]:
        for resource in entry.resources:
            subject = subject_of(resource)
            result = self._new(entry.rule.name, entry.status, looked_text(entry, subject))
            result.locations = [Location(self._start(resource), [self._objects.location(subject)])]
            result.partial_fingerprints = {"kubeassay/subject/v1": _about(entry.rule.name, subject)}
            yield result

    def _start(self, resource: Resource) -> PhysicalLocation:
        """Where an object begins: a pass is about all of it."""
        known = self._starts.get(id(resource))
        if known is None:
            origin = resource.origin
            if isinstance(origin, ClusterOrigin) and origin.uri not in self._result.live:
                known = PhysicalLocation(self._files.live(origin.uri, None), Region(1, 1))
            else:
                place = origin.locate(())
                known = PhysicalLocation(self._file(place.uri), Region(place.line, place.column))
            self._starts[id(resource)] = known
        return known

    def _manual(self, control: ControlResult) -> Result:
        name = control_name(control)
        result = self._new(name, control.status, manual_text(control))
        result.guid = guid("manual", name)
        result.taxa = self._taxa_of((name,))
        return result

    def _new(self, rule: str, status: Status, text: str) -> Result:
        reference = self._descriptors.rules[rule]
        result = Result(_KINDS[status], "none", Message(standard(text)))
        if reference.tool_component is None:
            result.rule_id, result.rule_index = reference.id, reference.index
        else:
            result.rule = reference
        return result

    def _taxa_of(self, controls: tuple[str, ...]) -> list[DescriptorReference]:
        known = self._taxa.get(controls)
        if known is None:
            known = self._taxa[controls] = [
                self._descriptors.taxa[name] for name in controls if name in self._descriptors.taxa
            ]
        return known


def _about(rule: str, subject: Subject) -> str:
    return guid("subject", rule, subject.api_version, subject.kind, subject.namespace, subject.name)


def _pointer(path: tuple[str | int, ...]) -> str:
    """A JSON pointer (RFC 6901)."""
    return "".join(f"/{str(key).replace('~', '~0').replace('/', '~1')}" for key in path)


def _properties(result: ScanResult) -> dict[str, Any]:
    counts = count(result)
    return {
        "complete": result.complete,
        "kubernetesVersion": result.kubernetes_version,
        "engine": result.engine,
        "snapshot": result.snapshot,
        "sources": list(result.sources),
        "objects": result.objects,
        "files": result.files,
        "skipped": dict(result.skipped),
        "matched": dict(result.matched),
        "byStatus": {status.value: number for status, number in counts.statuses.items()},
        "bySeverity": {severity.value: number for severity, number in counts.severities.items()},
        "controls": {
            framework: {status.value: number for status, number in numbers.items()}
            for framework, numbers in counts.frameworks.items()
        },
    }
