"""Nothing stays behind, however the tests end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.e2e.cluster.processes import Workshop

ROOT = Path(__file__).parent.parent.parent.parent
HOLDER = """
import sys, time
from tests.e2e.cluster.processes import Workshop
shop = Workshop()
process = shop.start("sleeper", ["sh", "-c", "sleep 600 & sleep 600"])
print(shop.folder, process.group, flush=True)
time.sleep(600)
"""


def gone(path: Path, group: int) -> bool:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            if not path.exists():
                return True
        time.sleep(0.02)
    return False


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_when_the_tests_are_killed_their_processes_and_files_go(end: signal.Signals) -> None:
    tests = subprocess.Popen([sys.executable, "-c", HOLDER], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert tests.stdout
    folder, group = tests.stdout.readline().split()
    assert Path(folder, "sleeper.log").exists()
    tests.send_signal(end)
    tests.wait()
    assert gone(Path(folder), int(group))


def test_closing_ends_and_removes_everything() -> None:
    shop = Workshop()
    process = shop.start("sleeper", ["sleep", "600"])
    assert process.running()
    shop.close()
    assert gone(shop.folder, process.group)


def test_a_program_that_ends_by_itself_is_told_with_its_last_words() -> None:
    shop = Workshop()
    try:
        process = shop.start("speaker", ["sh", "-c", "echo no such flag; exit 3"])
        with pytest.raises(RuntimeError, match="speaker ended by itself; its last words:\nno such flag"):
            process.wait_until(lambda: False)
    finally:
        shop.close()
