"""What `kubeassay network` does where its output cannot be written, or goes to standard output."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml

from scanner.cli.app import run

SHOP = Path(__file__).parents[1] / "network" / "shop.yaml"
COMMANDS = (
    ["connections", "shop.yaml"],
    ["can", "shop/web", "shop/db", "shop.yaml", "--port", "5432"],
    ["suggest", "shop.yaml"],
)


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(SHOP, tmp_path / "shop.yaml")


def started(arguments: Sequence[str], out: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "scanner", "network", *arguments]
    return subprocess.Popen(command, stdout=out, stderr=subprocess.PIPE, text=True)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_a_reader_that_goes_away_is_no_error(command: list[str]) -> None:
    read, write = os.pipe()
    os.close(read)
    process = started(command, write)
    os.close(write)
    assert process.communicate()[1] == ""
    assert process.returncode == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_told() -> None:
    with Path("/dev/full").open("wb") as full:
        process = started(COMMANDS[0], full.fileno())
        said = process.communicate()[1]
    assert said == "kubeassay: standard output cannot be written: No space left on device\n"
    assert process.returncode == 2


def test_an_interrupt_leaves_no_file(tmp_path: Path) -> None:
    os.mkfifo("pipe.yaml")
    process = started(["suggest", "pipe.yaml", "shop.yaml", "-o", "policies.yaml"], subprocess.DEVNULL)
    with Path("pipe.yaml").open("wb"):  # opens once the command reads, and waits for us
        process.send_signal(signal.SIGINT)
        said = process.communicate()[1]
    assert process.returncode == 130
    assert said.endswith("kubeassay: interrupted\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["pipe.yaml", "shop.yaml"]


@pytest.mark.parametrize("command", ["suggest", "map"])
def test_a_dash_is_standard_output(command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["network", command, "shop.yaml", "-o", "-"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("<!doctype html>") if command == "map" else len(list(yaml.safe_load_all(out))) > 2
    assert [path.name for path in tmp_path.iterdir()] == ["shop.yaml"]


@pytest.mark.parametrize("command", ["suggest", "map"])
@pytest.mark.parametrize("where", [".", "gone/x", "shop.yaml/x"])
def test_a_place_that_takes_no_file_is_an_error(
    command: str, where: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["network", command, "shop.yaml", "-o", where]) == 2
    assert f"kubeassay: {where}: cannot be written" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["shop.yaml"]
