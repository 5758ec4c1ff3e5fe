"""Other programs, run with bounds: no network, none of the user's credentials, a deadline, no orphans."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

if sys.platform == "linux":
    import resource

TIMEOUT = 60.0
"""Seconds after which a program is stopped."""
_MEMORY = 4 << 30
_NOWHERE = "http://127.0.0.1:9"  # nothing listens on the discard port


class ProgramError(Exception):
    """The program could not be started or took too long."""


@dataclass(frozen=True, slots=True)
class Finished:
    """How a program ended."""

    code: int
    stdout: str
    stderr: str


def run(
    command: Sequence[str],
    home: Path,
    stdin: str = "",
    environment: Mapping[str, str] | None = None,
    timeout: float = TIMEOUT,
) -> Finished:
    """Run a program to its end in an empty folder of its own, `home`.

    Nothing of our environment reaches it, so no plugin, kubeconfig or registry login of the user does;
    proxies that lead nowhere keep it off the network, and without a PATH it starts no other program.
    Raises ProgramError when it cannot start or is not done in time. Its whole process group ends with it.
    """
    [outcome] = run_all([command], home, stdin, environment, timeout)
    if isinstance(outcome, ProgramError):
        raise outcome
    return outcome


def run_all(
    commands: Sequence[Sequence[str]],
    home: Path,
    stdin: str = "",
    environment: Mapping[str, str] | None = None,
    timeout: float = TIMEOUT,
) -> list[Finished | ProgramError]:
    """Run several programs, as many at once as there are processors; otherwise as `run` does."""
    variables = {
        **dict.fromkeys(("HOME", "TMPDIR", "TEMP", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"), str(home)),
        **dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY"), _NOWHERE),
        **{name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ},
        "PATH": "",
        "KUBECONFIG": os.devnull,
        "LC_ALL": "C.UTF-8",
        **(environment or {}),
    }
    outcomes: list[Finished | ProgramError] = []
    at_once = os.cpu_count() or 1
    for start in range(0, len(commands), at_once):
        # not by threads, which an interrupt would not reach
        with ExitStack() as stack:
            running = [_Running(stack, each, home, variables, stdin) for each in commands[start:][:at_once]]
            deadline = time.monotonic() + timeout
            outcomes += [each.finish(deadline, timeout) for each in running]
    return outcomes


class _Running:
    """A program that was started; what it prints goes to files, so that none waits for another."""

    def __init__(
        self, stack: ExitStack, command: Sequence[str], home: Path, variables: Mapping[str, str], stdin: str
    ) -> None:
        self._command = command
        self._files = [stack.enter_context(TemporaryFile()) for _ in range(3)]  # noqa: SIM115
        self._files[0].write(stdin.encode())
        self._files[0].seek(0)
        self._process: subprocess.Popen[bytes] | OSError
        try:
            self._process = subprocess.Popen(
                command,
                cwd=home,
                env=variables,
                stdin=self._files[0],
                stdout=self._files[1],
                stderr=self._files[2],
                start_new_session=True,
            )
        except OSError as error:
            self._process = error
        else:
            stack.callback(_end, self._process)
            _limit_memory(self._process.pid)

    def finish(self, deadline: float, timeout: float) -> Finished | ProgramError:
        """Wait for its end."""
        if isinstance(self._process, OSError):
            return ProgramError(
                f"{self._command[0]} cannot be started: {self._process.strerror or self._process}"
            )
        try:
            code = self._process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            return ProgramError(f"{Path(self._command[0]).name} was not done after {timeout:g} seconds")
        for file in self._files:
            file.seek(0)
        _, stdout, stderr = (file.read().decode("utf-8", "replace") for file in self._files)
        return Finished(code, stdout, stderr)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Stop a program, if it still runs, with everything that it started."""
    with suppress(OSError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _limit_memory(pid: int) -> None:
    if sys.platform == "linux":
        with suppress(OSError):
            resource.prlimit(pid, resource.RLIMIT_AS, (_MEMORY, _MEMORY))
