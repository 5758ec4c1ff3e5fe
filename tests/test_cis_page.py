"""The account of the CIS benchmarks tells of every recommendation."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

from scanner.catalog import catalog as catalogs
from scanner.catalog.model import Framework

CATALOG = catalogs.load()
PAGE = runpy.run_path(str(Path(__file__).parents[1] / "docs" / "cis_page.py"))["page"](CATALOG)
CONTROLS = CATALOG.frameworks["cis-kubernetes-1.12"].controls


def test_every_recommendation_stands_once_with_what_decides_it() -> None:
    parts = re.split(r"^#### ", PAGE, flags=re.MULTILINE)[1:]
    told = {part.partition(" ")[0]: part for part in parts}
    assert list(told) == [control.id for control in CONTROLS]
    for control in CONTROLS:
        part = told[control.id]
        assert f"{control.stated} in its text; decided by" in part
        assert all(f"`{rule}`" in part for rule in control.rules)
        assert control.rules or ("Not decided, for" in part and "How a person finds out" in part)


@pytest.mark.parametrize(
    "framework", [f for f in CATALOG.frameworks.values() if f.id.startswith("cis-")], ids=lambda f: f.id
)
def test_every_benchmark_is_counted_and_linked_to(framework: Framework) -> None:
    (row,) = [line for line in PAGE.splitlines() if line.startswith(f"| [`{framework.id}`]")]
    assert f"| {len(framework.controls)} |" in row
    found = re.search(r"\(#([^)]+)\)", row)
    assert found
    heading = f"\n## {framework.title}\n"
    assert heading in PAGE
    assert found[1] == re.sub(r"[^a-z0-9 -]", "", framework.title.lower()).replace(" ", "-")


def test_rows_of_tables_are_whole() -> None:
    columns = 0
    for line in PAGE.splitlines():
        if line.startswith("| ---"):
            columns = line.count("|")
        elif line.startswith("|") and columns:
            assert len(re.findall(r"(?<!\\)\|", line)) == columns, line
        elif not line:
            columns = 0
