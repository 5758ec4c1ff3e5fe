"""Other programs, run with bounds: no network, none of the user's credentials, a deadline, no orphans."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

if sys.platform == "linux":
    import resource

TIMEOUT = 60.0
"""Seconds after which a program is stopped."""
_MEMORY = 8 << 30
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
    variables = {
        **dict.fromkeys(("HOME", "TMPDIR", "TEMP", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"), str(home)),
        **dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY"), _NOWHERE),
        **{name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ},
        "PATH": "",
        "KUBECONFIG": os.devnull,
        "LC_ALL": "C.UTF-8",
        **(environment or {}),
    }
    try:
        process = subprocess.Popen(
            command,
            cwd=home,
            env=variables,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
    except OSError as error:
        raise ProgramError(f"{command[0]} cannot be started: {error.strerror or error}") from error
    _limit_memory(process.pid)
    try:
        stdout, stderr = process.communicate(stdin.encode(), timeout)
    except subprocess.TimeoutExpired:
        raise ProgramError(f"{Path(command[0]).name} was not done after {timeout:g} seconds") from None
    finally:
        _end(process)
    return Finished(process.returncode, stdout.decode("utf-8", "replace"), stderr.decode("utf-8", "replace"))


def _limit_memory(pid: int) -> None:
    if sys.platform == "linux":
        with suppress(OSError):
            resource.prlimit(pid, resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def _end(process: subprocess.Popen[bytes]) -> None:
    with suppress(OSError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
