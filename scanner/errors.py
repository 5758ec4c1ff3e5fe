"""The errors a user can meet: each carries its cause and the remedy."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class ScannerError(Exception):
    """Something the user asked for cannot be done; the CLI prints it and exits with 2.

    `remedy` says what to do about it.
    """

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


class UsageError(ScannerError):
    """A mistyped option, rule, framework, version or configuration key."""


def nearest(name: str, known: Iterable[str]) -> str:
    """The remedy for a name that is not known: the nearest one, or where to look."""
    close = difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)
    return f"did you mean {close[0]!r}?" if close else ""
