"""Shares one piece of work between processes that are forked, so that they see all that was read so far."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Callable


class ChildError(Exception):
    """The child ended without a result; the text says how."""


def cores() -> int:
    """How many processes can work at once: 1 where processes cannot be forked."""
    if not hasattr(os, "fork") or sys.platform == "darwin":
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Child:
    """A forked process that does some work and sends its result."""

    def __init__(self, work: Callable[[], bytes]) -> None:
        sys.stdout.flush()
        sys.stderr.flush()
        reading, writing = os.pipe()
        self._pid = os.fork()
        if self._pid == 0:
            os.close(reading)
            _work(work, writing)
        os.close(writing)
        self._pipe = os.fdopen(reading, "rb")

    def result(self) -> bytes:
        """What the work returned.

        Raises ChildError when it did not come to its end.
        """
        with self._pipe:
            received = self._pipe.read()
        _, status = os.waitpid(self._pid, 0)
        self._pid = 0
        if status != 0:
            raise ChildError(f"a worker process ended with {os.waitstatus_to_exitcode(status)}")
        return received

    def stop(self) -> None:
        """End the process if it still runs, also when `result` was interrupted at any point."""
        self._pipe.close()
        if self._pid:
            with contextlib.suppress(ProcessLookupError, ChildProcessError):
                os.kill(self._pid, signal.SIGKILL)
                os.waitpid(self._pid, 0)
            self._pid = 0


def _work(work: Callable[[], bytes], writing: int) -> None:
    """The child's life: it never returns into the code that forked it."""
    status = 1
    try:
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(work())
        status = 0
    except BaseException:  # noqa: BLE001 - whatever it is, the parent does the work over and reports it
        status = 1
    finally:
        os._exit(status)
