"""Progress of long work: on a terminal, and nothing in a pipe."""

from __future__ import annotations

import sys
import time
from types import TracebackType


class Progress:
    """One line on standard error, renewed at most ten times a second and wiped at the end."""

    def __init__(self, enabled: bool = True) -> None:
        self._enabled = enabled and sys.stderr.isatty()
        self._last = 0.0
        self._shown = False

    def __enter__(self) -> Progress:
        return self

    def __call__(self, step: str, done: int, total: int) -> None:
        """Say how far a step is."""
        if not self._enabled or time.monotonic() - self._last < 0.1:
            return
        self._last = time.monotonic()
        self._shown = True
        sys.stderr.write(f"\r\x1b[2K{step} {done}/{total}")
        sys.stderr.flush()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.wipe()

    def wipe(self) -> None:
        """Clear the line, for something else is to be printed."""
        if self._shown:
            sys.stderr.write("\r\x1b[2K")
            sys.stderr.flush()
            self._shown = False
