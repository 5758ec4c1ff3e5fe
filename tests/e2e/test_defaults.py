"""Our table of upstream defaults says what the real programs say of themselves."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from scanner.facts import defaults

pytestmark = pytest.mark.e2e

_FLAG = re.compile(r"^\s+(?:-\w, )?--([a-z0-9-]+)(?: ([a-zA-Z]+))?\s{3,}(.*)$")
_DEFAULT = re.compile(r"\(default (.*?)\)\s*$")
_TYPES = {"": "boolean", "int": "integer", "strings": "list", "stringArray": "list"}


def said(program: Path, *arguments: str) -> str:
    done = subprocess.run([program, *arguments], capture_output=True, text=True, timeout=60)
    return done.stdout + done.stderr


def version(text: str) -> tuple[int, int]:
    found = re.search(r"v?(\d+)\.(\d+)\.\d+", text)
    assert found
    return int(found.group(1)), int(found.group(2))


@pytest.fixture(scope="module")
def flags(kube_apiserver: Path) -> Mapping[str, tuple[str, str]]:
    """Flag → its type and what is said of it."""
    found: dict[str, tuple[str, str]] = {}
    last = ""
    for line in said(kube_apiserver, "--help").splitlines():
        match = _FLAG.match(line)
        if match:
            last = match.group(1)
            found[last] = (match.group(2) or "", match.group(3))
        elif last and line.strip():
            kind, text = found[last]
            found[last] = (kind, f"{text} {line.strip()}")
        else:
            last = ""
    assert len(found) > 150
    return found


def of_server(flags: Mapping[str, tuple[str, str]], name: str) -> str:
    """The default that the API server's help states."""
    kind, text = flags[name]
    found = _DEFAULT.search(text)
    if found:
        return found.group(1).strip('"[]')
    if name == "authorization-mode":
        assert "Defaults to AlwaysAllow" in text
        return "AlwaysAllow"
    return {"": "false", "int": "0"}.get(kind, "")


def test_flags_of_the_api_server(kube_apiserver: Path, flags: Mapping[str, tuple[str, str]]) -> None:
    of = version(said(kube_apiserver, "--version"))
    for name, setting in defaults.table().components["kube-apiserver"].items():
        ours = defaults.default_of("kube-apiserver", name, of)
        assert (ours is not None) == (name in flags), name
        if ours is not None:
            assert ours == of_server(flags, name), name
            kind = flags[name][0]
            assert setting.type in (_TYPES.get(kind, "text"), "map"), f"{name} is {kind}"


def test_admission_plugins_of_the_api_server(
    kube_apiserver: Path, flags: Mapping[str, tuple[str, str]]
) -> None:
    listed = re.search(r"default enabled ones \(([^)]*)\)", flags["enable-admission-plugins"][1])
    assert listed
    of = version(said(kube_apiserver, "--version"))
    assert defaults.default_plugins(of) == {name.strip() for name in listed.group(1).split(",")}


def test_flags_of_etcd(etcd: Path) -> None:
    of = version(said(etcd, "--version"))
    stated = dict(re.findall(r"^\s+--([a-z-]+) '([^']*)'$", said(etcd, "--help"), re.MULTILINE))
    for name in defaults.table().components["etcd"].keys() - {"config-file"}:
        assert defaults.default_of("etcd", name, of) == stated[name], name
