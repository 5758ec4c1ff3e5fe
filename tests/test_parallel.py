"""A scan shared between processes finds what one process finds."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path

import pytest

from scanner import parallel, pipeline
from scanner.cli.app import run
from tests.bench.generate import deployments


def result(folder: Path, out: Path) -> dict[str, object]:
    assert run(["scan", str(folder), "-q", "--exit-zero", "--snapshot", "--output", f"json={out}"]) == 0
    return json.loads(out.read_text())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "cluster"
    folder.mkdir()
    (folder / "cluster.yaml").write_text("".join(deployments(60)))
    return folder


def test_two_processes_find_what_one_finds(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parallel, "cores", lambda: 1)
    alone = result(folder, tmp_path / "alone.json")
    monkeypatch.setattr(parallel, "cores", lambda: 2)
    monkeypatch.setattr(pipeline, "_WORTH_SHARING", 2)
    started = []
    child = parallel.Child

    def counted(*arguments: object) -> parallel.Child:
        started.append(arguments)
        return child(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(parallel, "Child", counted)
    assert result(folder, tmp_path / "shared.json") == alone
    assert len(started) == 1


def test_a_line_on_which_all_findings_stand_is_sent_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "cluster"
    folder.mkdir()
    items = [
        {
            "apiVersion": "v1",
            "kind": "Pod",
            "metadata": {"name": f"p{number}", "namespace": "shop"},
            "spec": {"hostPID": True, "containers": [{"name": "a", "image": "b"}]},
        }
        for number in range(100)
    ]
    text = json.dumps({"apiVersion": "v1", "kind": "List", "items": items})
    (folder / "all.json").write_text(text)
    monkeypatch.setattr(parallel, "cores", lambda: 2)
    monkeypatch.setattr(pipeline, "_WORTH_SHARING", 2)
    sizes = []
    unpack = pipeline.FindingBuilder.unpack

    def measured(self: pipeline.FindingBuilder, packed: bytes, *arguments: object) -> None:
        sizes.append(len(packed))
        unpack(self, packed, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline.FindingBuilder, "unpack", measured)
    found = result(folder, tmp_path / "out.json")
    assert len(found["findings"]) > 1_000  # type: ignore[arg-type]
    assert sizes
    assert sizes[0] < 60 * len(text)


def test_a_worker_that_dies_costs_nothing_but_time(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = result(folder, tmp_path / "alone.json")
    monkeypatch.setattr(parallel, "cores", lambda: 2)
    monkeypatch.setattr(pipeline, "_WORTH_SHARING", 2)
    monkeypatch.setattr(pipeline.FindingBuilder, "packed", lambda *_: os._exit(9))
    assert result(folder, tmp_path / "shared.json") == alone


def test_child_that_is_stopped_leaves_no_process() -> None:
    child = parallel.Child(lambda: os.read(os.pipe()[0], 1))
    pid = child._pid
    child.stop()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_child_whose_result_is_interrupted_is_stopped_all_the_same() -> None:
    child = parallel.Child(lambda: os.read(os.pipe()[0], 1))
    pid = child._pid

    def interrupted(_signal: int, _frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupted)
    signal.setitimer(signal.ITIMER_REAL, 0.2)
    try:
        with pytest.raises(KeyboardInterrupt):
            child.result()
    finally:
        signal.signal(signal.SIGALRM, before)
    child.stop()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
