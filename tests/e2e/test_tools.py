"""The real programs are those that are pinned, and building them is safe to interrupt and repeat."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tools import build

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("opa", ["version"]),
        ("helm", ["version", "--short"]),
        ("kustomize", ["version"]),
        ("kube_apiserver", ["--version"]),
        ("etcd", ["--version"]),
        ("kwok", ["--version"]),
    ],
)
def test_tool_prints_its_pinned_version(
    request: pytest.FixtureRequest, tool: str, arguments: list[str]
) -> None:
    binary: Path = request.getfixturevalue(tool)
    said = subprocess.check_output([binary, *arguments], text=True).splitlines()[0]
    pinned = build.pinned_version(tool.replace("_", "-"))
    assert pinned.lstrip("v") in [word.lstrip("v") for word in said.split()]


def test_yamlread_reads_as_the_api_server_does(yamlread: Path) -> None:
    documents = "on: yes\nmode: 0644\n---\n# nothing\n---\na: 1\na: 2\n---\n- &x <b>\n- *x\n"
    output = subprocess.check_output([yamlread], input=documents, text=True)
    first, empty, duplicate, aliased = map(json.loads, output.splitlines())
    assert first == {"json": {"true": True, "mode": 420}}
    assert empty == {"json": None}
    assert 'key "a" already set' in duplicate["error"]
    assert aliased == {"json": ["<b>", "<b>"]}


def test_yamlread_stops_at_a_malformed_separator(yamlread: Path) -> None:
    output = subprocess.check_output([yamlread], input="a: 1\n---\nb: 2\n---c\n---\nd: 1\n", text=True)
    *read, refused = map(json.loads, output.splitlines())
    assert read == [{"json": {"a": 1}}]
    assert "separator" in refused["error"]


def start(cache: Path, *arguments: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, build.__file__, *arguments],
        env=os.environ | {"KUBEASSAY_TOOLS": str(cache)} | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_two_builds_at_once_compile_once(tmp_path: Path) -> None:
    builds = [start(tmp_path, "yamlread") for _ in range(2)]
    outputs, messages = zip(*(each.communicate() for each in builds), strict=True)
    assert outputs[0] == outputs[1]
    assert "".join(messages).count("building yamlread") == 1
    assert os.access(outputs[0].strip(), os.X_OK)


def test_print_builds_nothing(tmp_path: Path) -> None:
    printed, _ = start(tmp_path, "--print", "yamlread").communicate()
    assert Path(printed.strip()).is_relative_to(tmp_path)
    assert not any(tmp_path.iterdir())


def test_failed_build_leaves_no_binary(tmp_path: Path) -> None:
    real, folder = shutil.which("go"), tmp_path / "bin"
    folder.mkdir()
    fake = folder / "go"
    fake.write_text(
        f'#!/bin/sh\n[ "$1" = build ] || exec {real} "$@"\n'
        'for last; do [ "$before" = -o ] && echo half > "$last"; before=$last; done\nexit 1\n'
    )
    fake.chmod(0o755)
    broken = start(tmp_path / "cache", "yamlread", PATH=f"{folder}{os.pathsep}{os.environ['PATH']}")
    _, message = broken.communicate()
    assert broken.returncode == 1
    assert "yamlread: go build failed" in message
    left = {file.name for file in (tmp_path / "cache").rglob("*") if file.is_file()}
    assert left == {"yamlread.partial", "yamlread.lock"}

    printed, _ = start(tmp_path / "cache", "yamlread").communicate()
    assert os.access(printed.strip(), os.X_OK)


def test_missing_go_is_named_with_its_remedy(tmp_path: Path) -> None:
    without = start(tmp_path, "yamlread", PATH=str(tmp_path))
    _, message = without.communicate()
    assert without.returncode == 1
    assert "go is not installed: install go 1." in message


def test_unknown_tool_is_refused() -> None:
    with pytest.raises(build.ToolError, match=r"no tool is named 'oppa'; there are .*opa"):
        build.build("oppa")
