"""The report for people: what is wrong, on which line, how to mend it, and what was not checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scanner.findings.model import ScanResult
from scanner.report.counts import count
from scanner.report.interface import ReportOptions
from scanner.report.table import findings, looked, summary
from scanner.report.table.terminal import Terminal

DESCRIPTION = "for people: the lines at fault, the remedies, a summary"


def render(result: ScanResult, options: ReportOptions) -> Iterable[bytes]:
    """Lines of UTF-8."""
    terminal = Terminal(max(options.width, 40), options.color)
    for line in _lines(result, options, terminal):
        yield f"{line.rstrip()}\n".encode("utf-8", "replace")


def _lines(result: ScanResult, options: ReportOptions, terminal: Terminal) -> Iterator[str]:
    yield from findings.lines(result.findings, terminal)
    if options.passes:
        yield from looked.lines(result.looked, terminal)
    yield from summary.problems(result, terminal)
    yield from summary.notes(result, terminal)
    yield from summary.aspects(result, terminal)
    yield from summary.not_checked(result, terminal)
    yield from summary.summary(result, count(result), terminal)
