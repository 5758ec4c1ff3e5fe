"""An interrupt ends the program at once, whatever it waits for, and leaves no process behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.collect.cluster.test_exec_plugin import plugin, user
from tests.fakes.kube_api import KubeApi


def runs(pid: int) -> bool:
    """Whether a process runs; one that nobody has waited for yet does not."""
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False


def interrupted(config: Path, started: object, number: signal.Signals) -> str:
    """Start looking at a cluster, interrupt it when something has started, and see it end."""
    process = subprocess.Popen(
        [sys.executable, "-m", "scanner", "cluster", "access", "--kubeconfig", str(config)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    end = time.monotonic() + 20
    while not started():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.02)
    time.sleep(0.2)
    began = time.monotonic()
    process.send_signal(number)
    output, _ = process.communicate(timeout=20)
    assert time.monotonic() - began < 3
    assert process.returncode == 130
    return output


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("path", ["/version", "/apis", "/apis/authorization.k8s.io/*"])
def test_interrupted_while_waiting(api: KubeApi, tmp_path: Path, path: str, number: signal.Signals) -> None:
    fault = api.fault(path, delay=60, times=1000)
    config = api.kubeconfig(tmp_path / "config")
    assert interrupted(config, lambda: fault.times != 1000, number).strip() == "kubeassay: interrupted"


def test_interrupted_while_logging_in(api: KubeApi, tmp_path: Path) -> None:
    note = tmp_path / "pid"
    command = plugin(tmp_path, f"/bin/sleep 60 & echo $! > {note}; wait")
    config = api.kubeconfig(tmp_path / "config", user=user(command))
    interrupted(config, lambda: note.is_file() and note.read_text().strip(), signal.SIGINT)
    time.sleep(0.2)
    assert not runs(int(note.read_text()))
