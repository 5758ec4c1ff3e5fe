"""What a report format is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from scanner.collect.interface import Location
from scanner.findings.model import Finding, ScanResult


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """What a person may choose of a report."""

    passes: bool = False
    """Write every pass and everything that does not apply, not their counts alone."""
    color: bool = False
    """Use a terminal's colours (for formats that people read)."""
    width: int = 100
    """Columns of the terminal."""
    root: Path = field(default_factory=Path.cwd)
    """The folder that the paths of findings are relative to."""


class Format(Protocol):
    """One file of `scanner/report/`: its module has these two."""

    DESCRIPTION: str
    """One line for `--help`."""

    def render(self, result: ScanResult, options: ReportOptions) -> Iterable[bytes]:
        """The report, in pieces, ready to be written in that order."""


_DRIFT = {
    "changed": "the live object has another value than its source here",
    "added": "the live object has this, its source here does not",
    "removed": "its source here has this, the live object does not",
}


def drift_text(place: Location) -> str:
    """How the live object differs from its source at a place; empty where it does not."""
    return _DRIFT.get(place.drift, "")


def quotable(finding: Finding) -> str:
    """The line at fault as a report may quote it: empty when a secret may stand on it."""
    return "" if finding.rule.area == "secrets" else finding.location.snippet
