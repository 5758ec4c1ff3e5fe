"""Every rule's fixtures as test cases: the lines marked `# fault` are the lines that must fail."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from scanner.catalog import catalog as catalogs
from scanner.catalog.model import Catalog, Rule
from scanner.collect.manifests import from_bytes
from scanner.evaluate.interface import Engine
from scanner.findings.model import ScanResult, Status
from scanner.pipeline import LATEST_MINOR, ScanPlan, scan

RULES = catalogs.data_folder("rego") / "rules"
FAULT = re.compile(r"#\s*fault\b")
OPTIONS = re.compile(rb"\A# scan: (\{.*\})")


@dataclass(frozen=True)
class Fixture:
    """One fixture file of one rule."""

    path: Path

    @property
    def rule(self) -> str:
        return ".".join(self.path.parent.parent.relative_to(RULES).parts)

    @property
    def expectation(self) -> str:
        return re.split(r"[_.](?!applicable)", self.path.name)[0]

    @property
    def content(self) -> bytes:
        return self.path.read_bytes()

    @property
    def faults(self) -> list[int]:
        lines = self.content.decode().splitlines()
        return [number for number, line in enumerate(lines, 1) if FAULT.search(line)]

    @property
    def options(self) -> dict[str, Any]:
        found = OPTIONS.match(self.content)
        return yaml.safe_load(found.group(1)) if found else {}

    def scan(self, catalog: Catalog, rules: list[Rule], engine: Engine) -> ScanResult:
        options = self.options
        plan = ScanPlan(
            catalog=catalog,
            rules=rules,
            frameworks=(),
            kubernetes_minor=int(options.get("kubernetes", f"1.{LATEST_MINOR}").split(".")[1]),
            snapshot=options.get("snapshot", False),
            parameters={self.rule: options.get("parameters", {})},
        )
        return scan(plan, from_bytes(self.content, self.path.name), engine)

    def check(self, result: ScanResult) -> None:
        assert not result.problems, result.problems
        fails = sorted({f.location.line for f in result.findings if f.status is Status.FAIL})
        assert fails == self.faults, "the lines that fail are not those marked # fault"
        statuses = {f.status for f in result.findings} | {entry.status for entry in result.looked}
        assert Status(self.expectation) in statuses, f"nothing ended as {self.expectation}: {statuses}"
        if self.expectation != "fail":
            assert not fails


def fixtures() -> list[Fixture]:
    return [Fixture(path) for path in sorted(RULES.rglob("fixtures/*.yaml"))]


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return catalogs.load()
