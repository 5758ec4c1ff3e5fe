"""What passed and what does not apply, by rule: one line for each object."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scanner.findings.model import Looked, Status, subject_of
from scanner.report.table.terminal import Terminal
from scanner.text import one_line


def lines(entries: Iterable[Looked], terminal: Terminal) -> Iterator[str]:
    """Every object of every rule, under what was looked at."""
    for entry in entries:
        word = "pass" if entry.status is Status.PASS else "not applicable"
        yield f"{terminal.paint(word, entry.status)}  {entry.rule.id}  {one_line(entry.rule.title)}"
        reason = entry.reason or f"looked at {', '.join(entry.rule.reads)}"
        yield from terminal.wrap(one_line(reason), "  ", "  ", "dim")
        for resource in entry.resources:
            yield f"  {one_line(str(subject_of(resource)))}  {one_line(resource.origin.uri)}"
        yield ""
