"""What was looked at, what could not be, and how it ended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scanner.collect.interface import Problem
from scanner.fields import text
from scanner.findings.model import ControlResult, ScanResult, Status
from scanner.report.counts import Counts
from scanner.report.table.terminal import Terminal, number
from scanner.text import one_line

_SHOWN_PROBLEMS = 10


def problems(result: ScanResult, terminal: Terminal) -> Iterator[str]:
    """What could not be read or run, with the remedy; of many of one kind, the first."""
    kinds: dict[str, list[Problem]] = {}
    for problem in result.problems:
        kinds.setdefault(problem.code, []).append(problem)
    if kinds:
        yield terminal.paint("Could not be read or run", "bold")
    for code, group in kinds.items():
        for problem in group[:_SHOWN_PROBLEMS]:
            yield from _problem(problem, terminal)
        if len(group) > _SHOWN_PROBLEMS:
            yield terminal.paint(f"  and {len(group) - _SHOWN_PROBLEMS} more of {one_line(code)}", "dim")
    if kinds:
        yield ""


def _problem(problem: Problem, terminal: Terminal) -> Iterator[str]:
    place = one_line(problem.uri)
    if problem.line:
        place += f":{problem.line}" + (f":{problem.column}" if problem.column else "")
    text = one_line(f"{place}: {problem.message}" if place else problem.message)
    yield from terminal.wrap(text, " " * 8, terminal.paint("  error ", Status.ERROR))
    if problem.remedy:
        yield from terminal.wrap(
            one_line(problem.remedy), " " * 10, f"        {terminal.paint('→ ', 'remedy')}"
        )


def notes(result: ScanResult, terminal: Terminal) -> Iterator[str]:
    """What is good to know."""
    if result.notes:
        yield terminal.paint("Notes", "bold")
    for note in result.notes:
        yield from terminal.wrap(one_line(note.message), " " * 8, terminal.paint("  note  ", "dim"))
        if note.remedy:
            arrow = f"        {terminal.paint('→ ', 'remedy')}"
            yield from terminal.wrap(one_line(note.remedy), " " * 10, arrow)
    if result.notes:
        yield ""


def not_checked(result: ScanResult, terminal: Terminal) -> Iterator[str]:
    """Controls that nothing was found out of, and those that only a person can check."""
    for title, status in (("Not checked", Status.UNKNOWN), ("For a person to check", Status.MANUAL)):
        groups: dict[tuple[str, str], list[ControlResult]] = {}
        for control in result.controls:
            if control.status is status:
                # why it is not known is what many have in common, not what is not known
                reason = control.reason.partition(" is not known: ")[2] or control.reason
                reason = reason if status is Status.UNKNOWN else ""
                groups.setdefault((control.framework.id, reason), []).append(control)
        if groups:
            yield terminal.paint(title, "bold")
        for (framework, reason), controls in groups.items():
            text = f"{framework} {', '.join(control.control.id for control in controls)}"
            label = terminal.paint(f"  {status.value:<8}", status)
            yield from terminal.wrap(one_line(f"{text}: {reason}" if reason else text), " " * 10, label)
        if groups:
            yield ""


def aspects(result: ScanResult, terminal: Terminal) -> Iterator[str]:
    """Which controls fail by what runs, and which by what would be let in."""
    failed: dict[tuple[str, str], list[str]] = {}
    for control in result.controls:
        for side in control.aspects:
            if side.status is Status.FAIL:
                failed.setdefault((control.framework.id, side.name), []).append(control.control.id)
    if failed:
        yield terminal.paint("Failed by what runs (observed) and by what would be let in (admission)", "bold")
    for (framework, aspect), ids in failed.items():
        label = terminal.paint(f"  {aspect:<10}", Status.FAIL)
        yield from terminal.wrap(one_line(f"{framework} {', '.join(ids)}"), " " * 12, label)
    if failed:
        yield ""


def summary(result: ScanResult, counts: Counts, terminal: Terminal) -> Iterator[str]:
    """The numbers, then in words whether that was everything."""
    skipped = ", ".join(f"{count} {one_line(why)}" for why, count in result.skipped.items())
    read = f"{number(result.objects, 'object')} {_where(result)}"
    yield from terminal.wrap(f"{read}; passed over: {skipped}" if skipped else read, "")
    rows: list[tuple[str, Mapping[Any, int]]] = [
        ("faults", counts.severities),
        ("judgements", counts.statuses),
        *((one_line(name), numbers) for name, numbers in counts.frameworks.items()),
    ]
    column = max(len(label) for label, _ in rows) + 2
    for label, numbers in rows:
        parts = [terminal.paint(f"{n} {key.replace('_', ' ')}", key) for key, n in numbers.items()]
        yield from terminal.flow(parts or ["none"], " " * column, f"{label:<{column}}")
    style = Status.PASS if result.complete else Status.UNKNOWN
    yield from terminal.wrap(verdict(result, counts), "", style=style)


def _where(result: ScanResult) -> str:
    if result.cluster is None:
        return f"in {number(result.files, 'file')}"
    facts = result.cluster
    name, version = text(facts, "metadata", "name"), text(facts, "gitVersion")
    return one_line(f"of the cluster {name} ({version}), collected at {text(facts, 'collectedAt')}")


def verdict(result: ScanResult, counts: Counts) -> str:
    """Whether everything was checked that was asked for, in words."""
    if result.complete:
        return "Complete: everything that was asked for was checked."
    undecided = counts.statuses.get(Status.UNKNOWN, 0) + counts.statuses.get(Status.ERROR, 0)
    controls = sum(numbers.get(Status.UNKNOWN, 0) for numbers in counts.frameworks.values())
    missing = []
    if result.problems:
        missing.append(f"{number(len(result.problems), 'input')} could not be read or run")
    if undecided:
        missing.append(f"{number(undecided, 'judgement')} could not be made")
    if controls:
        missing.append(f"{number(controls, 'control')} could not be decided")
    return f"Incomplete: {', '.join(missing)}."
