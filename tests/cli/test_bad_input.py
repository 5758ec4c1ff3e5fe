"""Bad input gets a clear error with the place and the remedy; the rest is scanned all the same."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from scanner.cli.app import run

POD = """\
apiVersion: v1
kind: Pod
metadata:
  name: {name}
spec:
  hostPID: true
  containers:
    - name: app
      image: registry.example.com/app:1
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "good.yaml").write_text(POD.format(name="good"))
    return tmp_path


def scan(*arguments: str) -> tuple[int, dict[str, Any]]:
    out = Path("result.out")
    code = run(["scan", "-q", "--fail-on", "none", "--output", f"json={out}", *arguments])
    return code, json.loads(out.read_text()) if out.exists() else {}


def good_was_scanned(result: dict[str, Any]) -> bool:
    return any(
        f["rule_name"] == "workload.host_pid" and f["location"]["uri"] == "good.yaml"
        for f in result["findings"]
    )


BROKEN = {
    "syntax": (b"apiVersion: v1\nkind: Pod\nmetadata: {name: x\n", "yaml-syntax"),
    "duplicate key": (b"apiVersion: v1\nkind: Pod\nkind: Pod\n", "yaml-syntax"),
    "alias bomb": (
        b"a: &a [x,x,x,x,x,x,x,x,x,x]\n"
        + b"".join(
            f"{chr(98 + n)}: &{chr(98 + n)} [{','.join([f'*{chr(97 + n)}'] * 10)}]\n".encode()
            for n in range(9)
        ),
        "yaml-syntax",
    ),
    "binary": (bytes(range(256)) * 10, "yaml-syntax"),
    "wrong encoding": ("name: Grüße\n".encode("latin-1"), "yaml-syntax"),
    "deep": (b"[" * 100_000, "yaml-syntax"),
    "tab": (b"apiVersion: v1\n\tkind: Pod\n", "yaml-syntax"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_broken_file_is_named_and_the_rest_is_scanned(folder: Path, case: str) -> None:
    content, code = BROKEN[case]
    (folder / "broken.yaml").write_bytes(content)
    status, result = scan(".")
    assert status == 3
    assert not result["complete"]
    assert [(n["code"], n["uri"]) for n in result["notifications"]] == [(code, "broken.yaml")]
    assert result["notifications"][0]["line"] or case in ("binary", "wrong encoding")
    assert result["notifications"][0]["remedy"]
    assert good_was_scanned(result)


def test_no_control_passes_while_input_could_not_be_read(folder: Path) -> None:
    _, result = scan("good.yaml", "--framework", "pss-baseline")
    assert {c["id"]: c["status"] for c in result["controls"]}["privileged"] == "pass"
    (folder / "broken.yaml").write_bytes(b"kind: [")
    _, result = scan(".", "--framework", "pss-baseline")
    statuses = {c["id"]: c["status"] for c in result["controls"]}
    assert statuses["privileged"] == "unknown"
    assert statuses["hostNamespaces"] == "fail"


def test_broken_document_costs_none_of_its_neighbours(folder: Path) -> None:
    text = POD.format(name="first") + "---\nkind: [\n---\n" + POD.format(name="last")
    (folder / "mixed.yaml").write_text(text)
    status, result = scan("mixed.yaml")
    assert status == 3
    names = {f["subject"]["name"] for f in result["findings"] if f["rule_name"] == "workload.host_pid"}
    assert names == {"first", "last"}
    last = [f["location"]["start_line"] for f in result["findings"] if f["rule_name"] == "workload.host_pid"]
    assert sorted(last) == [6, 18]


def test_huge_file_is_refused_by_its_size(folder: Path) -> None:
    with (folder / "huge.yaml").open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    status, result = scan(".")
    assert status == 3
    assert "huge.yaml" in result["notifications"][0]["uri"]
    assert good_was_scanned(result)


def test_unreadable_file(folder: Path) -> None:
    # root may read any mode, so the file is made unreadable by being a link to itself
    (folder / "loop.yaml").symlink_to("loop.yaml")
    status, result = scan(".", "loop.yaml")
    assert status == 3
    assert result["notifications"][0]["code"] == "unreadable-file"
    assert good_was_scanned(result)


def test_link_loops_and_links_out_of_the_tree_are_not_followed(folder: Path, tmp_path_factory: Any) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret.yaml").write_text(POD.format(name="outside"))
    (folder / "up").symlink_to(folder)
    (folder / "out").symlink_to(outside)
    (folder / "out.yaml").symlink_to(outside / "secret.yaml")
    status, result = scan(".")
    assert status == 0
    assert {f["subject"]["name"] for f in result["findings"]} == {"good"}
    assert result["summary"]["skipped"]["link out of the tree, or to nothing"] == 2


def test_hostile_names_cannot_forge_lines(folder: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    name = "x\x1b[2J\nERROR forged.yaml"
    (folder / name).write_text(POD.format(name='"evil\\u001b[31m\\nname"'))
    code = run(["scan", "-q", "--fail-on", "none", "."])
    printed = capfdbinary.readouterr().out
    assert code == 0
    assert b"\x1b" not in printed
    assert b"\nERROR forged" not in printed


USAGE = {
    "rule": (["--rule", "workload.host_pidd"], "workload.host_pid"),
    "skipped rule": (["--skip-rule", "KA-W-9999"], "KA-W-"),
    "framework": (["--framework", "pss-basline"], "pss-baseline"),
    "version": (["--kubernetes-version", "1.99"], "newest"),
    "not a version": (["--kubernetes-version", "tomorrow"], "1.34"),
    "format": (["--output", "sarrif"], "sarif"),
    "folder of the report": (["--output", "json=nowhere/x.json"], "nowhere"),
    "path": (["goood.yaml"], "good.yaml"),
    "glob": (["*.nothing"], "matches no file"),
    "option": (["--framewrk", "x"], "--framework"),
    "policy folder": (["--policy", "nowhere"], "nowhere"),
    "configuration": (["--config", "nowhere.yaml"], "nowhere.yaml"),
    "certificates": (
        ["--engine", "opa", "--opa-url", "https://127.0.0.1:9", "--opa-ca-file", "no.pem"],
        "no.pem",
    ),
    "url": (["--engine", "opa", "--opa-url", "localhost"], "no URL"),
    "token": (["--engine", "opa", "--opa-url", "http://127.0.0.1:9", "--opa-token-file", "no"], "no"),
    "same file twice": (["--output", "json=a", "--output", "table=a"], "file of its own"),
}


@pytest.mark.parametrize("case", USAGE)
@pytest.mark.usefixtures("folder")
def test_mistyped_is_exit_2_with_the_nearest_name(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    arguments, hint = USAGE[case]
    assert run(["scan", "-q", *arguments]) == 2
    assert hint in capsys.readouterr().err


def test_no_input_at_all_is_exit_2(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "values.yaml").write_text("replicas: 3\n")
    assert run(["scan", "-q"]) == 2


def test_rego_that_does_not_compile_is_exit_2(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "rules").mkdir()
    (folder / "rules" / "bad.rego").write_text("package main\n\ndeny contains msg if {\n  msg := \n}\n")
    assert run(["scan", "-q", "good.yaml", "--policy", "rules"]) == 2
    error = capsys.readouterr().err
    assert "bad.rego" in error
    assert ":5:" in error or ":4:" in error


def test_rule_that_breaks_is_an_error_and_the_scan_goes_on(folder: Path) -> None:
    (folder / "rules").mkdir()
    (folder / "rules" / "bad.rego").write_text(
        'package main\n\ndeny contains msg if {\n\tto_number(input.kind) == 1\n\tmsg := "x"\n}\n'
    )
    status, result = scan("good.yaml", "--policy", "rules")
    assert status == 3
    assert [f["rule"] for f in result["findings"] if f["status"] == "error"] == ["main.deny"]
    assert good_was_scanned(result)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("framwork: [pss-baseline]\n", "framework"),
        ("rules:\n  KA-W-0001:\n    severty: low\n", "severity"),
        ("fail_on: catastrophic\n", "fail_on"),
        ("opa:\n  urll: x\n", "url"),
    ],
)
def test_configuration_with_a_typo(folder: Path, capsys: Any, text: str, message: str) -> None:
    (folder / "kubeassay.yaml").write_text(text)
    assert run(["scan", "-q", "good.yaml"]) == 2
    error = capsys.readouterr().err
    assert message in error
    assert "kubeassay.yaml:" in error


def test_interrupted_scan_leaves_no_half_written_report(tmp_path: Path) -> None:
    for number in range(400):
        (tmp_path / f"{number}.yaml").write_text(POD.format(name=f"p{number}") * 1)
    out = tmp_path / "out.json"
    out.write_text("before")
    process = subprocess.Popen(
        [sys.executable, "-m", "scanner", "scan", str(tmp_path), "-q", "--output", f"json={out}"],
        stderr=subprocess.PIPE,
    )
    try:
        process.wait(0.35)
    except subprocess.TimeoutExpired:
        process.terminate()
    process.wait(20)
    assert out.read_text() == "before" or json.loads(out.read_text())
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".out.json")]


def test_report_is_not_written_over_when_its_folder_is_full(folder: Path, capsys: Any) -> None:
    assert run(["scan", "-q", "good.yaml", "--exit-zero", "--output", "json=/dev/full"]) == 2
    assert "cannot be written" in capsys.readouterr().err
