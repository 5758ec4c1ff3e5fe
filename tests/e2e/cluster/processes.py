"""Processes and a folder that are gone when the tests are over, even when the tests themselves are killed.

One small process, the reaper, waits for the end of ours at a pipe. Then it kills the process groups that
it was told of, and removes the folder. Nothing needs privileges, and an interrupt is no special case.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

LINES = 30
"""Last lines of a log that an error shows."""

REAPER = """
import os, shutil, signal, sys
groups = set()
for line in sys.stdin:
    word, group = line.split()
    (groups.add if word == "add" else groups.discard)(int(group))
for group in groups:
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        pass
for _ in range(50):
    shutil.rmtree(sys.argv[1], ignore_errors=True)
    if not os.path.exists(sys.argv[1]):
        break
"""


class Process:
    """One running program in a process group of its own, with its output in a file."""

    def __init__(self, name: str, command: Sequence[str], log: Path) -> None:
        self.name = name
        self.command = command
        self.log = log
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True
            )

    @property
    def group(self) -> int:
        """Its process group."""
        return self._process.pid

    def running(self) -> bool:
        """Whether it still runs."""
        return self._process.poll() is None

    def wait_until(self, ready: Callable[[], bool], seconds: float = 120) -> None:
        """Wait until it is ready. Raises RuntimeError with the end of its log."""
        end = time.monotonic() + seconds
        while self.running() and time.monotonic() < end:
            if ready():
                return
            time.sleep(0.05)
        what = f"is not ready after {seconds:.0f} s" if self.running() else "ended by itself"
        said = self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-LINES:]
        raise RuntimeError("\n".join([f"{self.name} {what}; its last words:", *said]))

    def stop(self, seconds: float = 0) -> None:
        """End it, kindly at first if it may take some seconds."""
        if seconds and self.running():
            self._process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(seconds)
        if self.running():
            os.killpg(self.group, signal.SIGKILL)
        self._process.wait()


class Workshop:
    """A folder for files, and the processes that were started in it."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="kubeassay-e2e-"))
        self._running: list[Process] = []
        self._reaper = subprocess.Popen(
            [sys.executable, "-c", REAPER, str(self.folder)],
            stdin=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def start(self, name: str, command: Sequence[str]) -> Process:
        """Start a program whose output goes to `<name>.log`."""
        process = Process(name, command, self.folder / f"{name}.log")
        self._running.append(process)
        self._tell("add", process)
        return process

    def stop(self, process: Process, seconds: float = 0) -> None:
        """End one program."""
        process.stop(seconds)
        self._running.remove(process)
        self._tell("del", process)

    def close(self) -> None:
        """End everything, in the reverse of the order in which it started, and remove the folder."""
        for process in reversed(self._running[:]):
            self.stop(process)
        if self._reaper.stdin:
            self._reaper.stdin.close()
        self._reaper.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _tell(self, word: str, process: Process) -> None:
        if self._reaper.stdin:
            self._reaper.stdin.write(f"{word} {process.group}\n")
            self._reaper.stdin.flush()


def free_ports(count: int) -> list[int]:
    """Ports of 127.0.0.1 on which nothing listens at the moment."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [s.getsockname()[1] for s in sockets]
    for s in sockets:
        s.close()
    return ports
