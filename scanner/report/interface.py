"""What a report format is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from scanner.findings.model import ScanResult


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """What a person may choose of a report."""

    passes: bool = False
    """Write every pass and everything that does not apply, not their counts alone."""
    color: bool = False
    """Use a terminal's colours (for formats that people read)."""
    width: int = 100
    """Columns of the terminal."""


class Format(Protocol):
    """One file of `scanner/report/`: its module has these two."""

    DESCRIPTION: str
    """One line for `--help`."""

    def render(self, result: ScanResult, options: ReportOptions) -> Iterable[bytes]:
        """The report, in pieces, ready to be written in that order."""
