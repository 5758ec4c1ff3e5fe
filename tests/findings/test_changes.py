"""What is new, what is gone, and which controls changed."""

from __future__ import annotations

from dataclasses import replace

from scanner.findings.changes import changes
from scanner.findings.model import ControlResult, Status
from tests.report import build


def control(status: Status) -> ControlResult:
    return ControlResult(build.BASELINE, build.BASELINE.controls[0], status, "", {})


def test_everything_is_new_to_nothing() -> None:
    found = build.finding()
    difference = changes(None, build.result([found], controls=[control(Status.FAIL)]))
    assert list(difference.appeared) == [found]
    assert not difference.gone
    assert not difference.controls


def test_findings_are_told_by_their_fingerprints() -> None:
    kept, old, new = build.finding(), build.finding(), build.finding()
    moved = build.finding(fingerprint=kept.fingerprint, location=build.place(line=99))
    difference = changes(build.result([kept, old]), build.result([moved, new]))
    assert list(difference.appeared) == [new]
    assert list(difference.gone) == [old]


def test_a_control_that_got_better_is_told_with_what_it_was() -> None:
    before = build.result([], controls=[control(Status.FAIL)])
    after = replace(before, controls=[control(Status.PASS)])
    assert changes(before, after).controls == [(Status.FAIL, after.controls[0])]
    assert not changes(after, after)
