"""How many findings and controls have which status: the numbers that every report gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from scanner.catalog.model import Severity
from scanner.findings.model import ScanResult, Status


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers of one scan; what there is none of is left out."""

    statuses: Mapping[Status, int]
    """Of findings, and of subjects that passed or to which a rule does not apply."""
    severities: Mapping[Severity, int]
    """Of failures alone."""
    frameworks: Mapping[str, Mapping[Status, int]]
    """Framework → how many of its controls have each status."""


def count(result: ScanResult) -> Counts:
    """Count a result, passes included, whether or not a report lists them."""
    statuses: Counter[Status] = Counter(finding.status for finding in result.findings)
    for entry in result.looked:
        statuses[entry.status] += len(entry.resources)
    failed = Counter(f.severity for f in result.findings if f.status is Status.FAIL)
    frameworks: dict[str, Counter[Status]] = {framework.id: Counter() for framework in result.frameworks}
    for control in result.controls:
        frameworks.setdefault(control.framework.id, Counter())[control.status] += 1
    return Counts(
        {status: statuses[status] for status in Status if statuses[status]},
        {severity: failed[severity] for severity in Severity if failed[severity]},
        {
            framework: {status: numbers[status] for status in Status if numbers[status]}
            for framework, numbers in frameworks.items()
        },
    )
