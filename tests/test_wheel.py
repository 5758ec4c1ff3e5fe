"""The wheel carries what a scan needs, and nothing of a checkout is needed beside it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(build, check=True, capture_output=True, cwd=ROOT)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def run(installed: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    code = f"import sys; sys.path.insert(0, {str(installed)!r}); from scanner.cli import main; main()"
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        cwd=installed,
        env=environment,
        check=False,
    )


def test_scan_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    manifest = tmp_path / "pod.yaml"
    manifest.write_text(
        "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  hostPID: true\n  containers: [{name: a}]\n"
    )
    done = run(installed, "scan", str(manifest), "-o", "json")
    assert done.returncode == 1, done.stderr
    result = json.loads(done.stdout)
    assert "workload.host_pid" in {finding["rule_name"] for finding in result["findings"]}
    assert {"pss-baseline", "cis-kubernetes-2.0.1"} <= {c["framework"] for c in result["controls"]}


def test_explain_from_the_wheel_shows_examples(installed: Path) -> None:
    said = run(installed, "explain", "host_pid").stdout
    assert "hostPID: true # fault" in said


def test_the_wheel_draws_the_map(installed: Path) -> None:
    assets = {path.name for path in (ROOT / "scanner" / "network" / "assets").iterdir()}
    assert {path.name for path in (installed / "scanner" / "network" / "assets").iterdir()} == assets


def test_the_wheel_holds_the_package_alone(installed: Path) -> None:
    names = {path.name for path in installed.iterdir()}
    assert "scanner" in names
    assert all(name == "scanner" or name.endswith(".dist-info") for name in names)
    assert (installed / "scanner" / "py.typed").exists()
