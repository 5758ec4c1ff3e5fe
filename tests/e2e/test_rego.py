"""OPA itself accepts our Rego: its format, its strict compiler, and every rule's own tests."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.e2e

REGO = Path(__file__).parents[2] / "rego"


def run(opa: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([opa, *arguments, REGO], capture_output=True, text=True)


def test_rego_is_formatted(opa: Path) -> None:
    done = run(opa, "fmt", "--list", "--fail")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_rego_compiles_strictly(opa: Path) -> None:
    done = run(opa, "check", "--strict")
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def results(opa: Path) -> list[dict[str, Any]]:
    """Every test in the tree with its result. Fixtures are objects to judge, not data to load."""
    done = run(opa, "test", "--format=json", "--ignore=fixtures")
    assert done.stdout, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def test_rego_tests_pass(results: list[dict[str, Any]]) -> None:
    assert results
    bad = [f"{each['package']}.{each['name']}" for each in results if {"fail", "error", "skip"} & each.keys()]
    assert bad == []


def test_every_rule_has_tests_that_ran(results: list[dict[str, Any]]) -> None:
    rules = {file.parent for file in REGO.glob("rules/**/rule.rego")}
    assert rules
    assert rules - {Path(each["location"]["file"]).resolve().parent for each in results} == set()
