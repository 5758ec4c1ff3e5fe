"""What a scan says of itself: what could not be read or run, and what was not checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scanner.collect.interface import Problem
from scanner.findings.model import ControlResult, ScanResult, Status
from scanner.report.sarif.descriptors import NotificationKinds, control_name, sentence
from scanner.report.sarif.messages import standard
from scanner.report.sarif.model import (
    DescriptorReference,
    Location,
    Message,
    Notification,
    PhysicalLocation,
    Region,
)
from scanner.report.sarif.places import Files
from scanner.text import one_line


class Notifier:
    """Puts into words, for one report, how the scan went."""

    def __init__(
        self,
        result: ScanResult,
        rules: Mapping[str, DescriptorReference],
        kinds: NotificationKinds,
        files: Files,
    ) -> None:
        self._result = result
        self._rules = rules
        self._kinds = kinds
        self._files = files

    def note(self, code: str, level: str, text: str) -> Notification:
        """One notification; its text is made one safe line."""
        return Notification(level, Message(standard(sentence(one_line(text)))), self._kinds.reference(code))

    def problems(self) -> list[Notification]:
        """What could not be read or run: with any, the scan did not succeed."""
        return [self._problem(problem) for problem in self._result.problems]

    def notes(self) -> Iterator[Notification]:
        """What is good to know."""
        for note in self._result.notes:
            text = sentence(note.message)
            yield self.note(note.code, "note", f"{text} Remedy: {note.remedy}" if note.remedy else text)

    def not_checked(self) -> Iterator[Notification]:
        """The controls that no result speaks of, and the input that was passed over."""
        for control in self._result.controls:
            if control.status is Status.UNKNOWN and not _has_results(control):
                yield self.note("control-not-checked", "warning", _about(control, "was not checked"))
            elif control.status is Status.NOT_APPLICABLE:
                yield self.note("control-not-applicable", "note", _about(control, "does not apply"))
        if self._result.matched:
            parts = (f"{number} {what}" for what, number in self._result.matched.items())
            yield self.note("source-matching", "note", f"Live objects by their source: {', '.join(parts)}")
        for why, number in self._result.skipped.items():
            yield self.note("input-skipped", "note", f"Passed over {number}: {why}")

    def _problem(self, problem: Problem) -> Notification:
        text = sentence(problem.message)
        note = self.note(
            problem.code, "error", f"{text} Remedy: {problem.remedy}" if problem.remedy else text
        )
        rules = [rule for rule in self._result.rules if rule.uri and rule.uri == problem.uri]
        if rules:
            # the rule's file lies in its bundle, not among the files that were scanned
            rule = next((rule for rule in rules if rule.name in problem.message), rules[0])
            note.associated_rule = self._rules[rule.name]
        elif problem.uri:
            region = Region(problem.line, problem.column) if problem.line else None
            note.locations = [Location(PhysicalLocation(self._files.location(problem.uri), region))]
        return note


def _has_results(control: ControlResult) -> bool:
    return bool(control.counts.get(Status.UNKNOWN) or control.counts.get(Status.ERROR))


def _about(result: ControlResult, what: str) -> str:
    text = f"{control_name(result)} ({result.control.title}) {what}"
    return f"{text}: {result.reason}" if result.reason else text
