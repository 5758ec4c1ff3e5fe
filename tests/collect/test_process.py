"""Other programs run with bounds, and none is left behind."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scanner.collect.process import Finished, ProgramError, run, run_all


def python(code: str) -> list[str]:
    return [sys.executable, "-I", "-c", code]


def test_program_sees_nothing_of_the_users_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KUBECONFIG", "/home/somebody/.kube/config")
    monkeypatch.setenv("HELM_PLUGINS", "/home/somebody/plugins")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "swordfish")
    done = run(python("import os; print(dict(os.environ), os.getcwd())"), tmp_path)
    assert "somebody" not in done.stdout
    assert "swordfish" not in done.stdout
    assert str(tmp_path) in done.stdout


def test_input_output_and_code(tmp_path: Path) -> None:
    code = "import sys; print(sys.stdin.read()[::-1]); print('x', file=sys.stderr); sys.exit(3)"
    assert run(python(code), tmp_path, "abc") == Finished(3, "cba\n", "x\n")


def test_much_output_of_several_programs(tmp_path: Path) -> None:
    outcomes = run_all([python("print('x' * 1_000_000)")] * 5, tmp_path)
    assert [len(each.stdout) for each in outcomes if isinstance(each, Finished)] == [1_000_001] * 5


def test_program_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ProgramError, match="cannot be started"):
        run([str(tmp_path / "nothing")], tmp_path)


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


PARENT = (
    "import subprocess, sys, time; "
    "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(99)']); "
    "open('pid', 'w').write(str(child.pid)); "
    "time.sleep(99)"
)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_late_program_is_stopped_with_its_children(tmp_path: Path) -> None:
    with pytest.raises(ProgramError, match="not done after 2 seconds"):
        run(python(PARENT), tmp_path, timeout=2.0)
    assert_gone(int((tmp_path / "pid").read_text()))


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_interrupt_stops_every_program(tmp_path: Path) -> None:
    code = (
        "from pathlib import Path; from scanner.collect.process import run; "
        f"run([{sys.executable!r}, '-I', '-c', {PARENT!r}], Path({str(tmp_path)!r}))"
    )
    scan = subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.DEVNULL)
    while not (tmp_path / "pid").exists() or not (tmp_path / "pid").read_text():
        time.sleep(0.01)
    scan.send_signal(signal.SIGINT)
    assert scan.wait(10) != 0
    assert_gone(int((tmp_path / "pid").read_text()))


def assert_gone(pid: int) -> None:
    deadline = time.monotonic() + 5
    while alive(pid) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not alive(pid)
