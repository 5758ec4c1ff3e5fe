"""What changed from one scan to the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scanner.findings.model import ControlResult, Finding, ScanResult, Status


@dataclass(frozen=True, slots=True)
class Changes:
    """The difference of two results."""

    appeared: Sequence[Finding]
    """Findings that the earlier result had not, worst first."""
    gone: Sequence[Finding]
    """Findings that the later result has not."""
    controls: Sequence[tuple[Status | None, ControlResult]]
    """Controls whose status changed: what it was, if it was there, and what they are now."""

    def __bool__(self) -> bool:
        return bool(self.appeared or self.gone or self.controls)


def changes(before: ScanResult | None, after: ScanResult) -> Changes:
    """What is new and what is gone, by fingerprint; everything is new to nothing."""
    old = _by_fingerprint(before)
    new = _by_fingerprint(after)
    statuses = {_key(control): control.status for control in before.controls} if before else {}
    return Changes(
        appeared=[finding for key, finding in new.items() if key not in old],
        gone=[finding for key, finding in old.items() if key not in new],
        controls=[
            (statuses.get(_key(control)), control)
            for control in after.controls
            if before is not None and statuses.get(_key(control)) is not control.status
        ],
    )


def _by_fingerprint(result: ScanResult | None) -> Mapping[str, Finding]:
    return {finding.fingerprint: finding for finding in result.findings} if result else {}


def _key(control: ControlResult) -> tuple[str, str]:
    return control.framework.id, control.control.id
