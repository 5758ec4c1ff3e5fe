"""No rule breaks on an object in which some fields hold what nobody expects there."""

from __future__ import annotations

import pytest

from scanner.catalog.model import Catalog
from scanner.evaluate.embedded import EmbeddedEngine
from scanner.findings.model import Status

from .junk import scan_junk


@pytest.mark.parametrize("snapshot", [False, True])
@pytest.mark.parametrize("minor", [18, 25, 33, 37])
def test_no_rule_breaks(catalog: Catalog, minor: int, snapshot: bool) -> None:
    result = scan_junk(catalog, EmbeddedEngine(), minor, snapshot, count=600)
    broken = [f"{f.rule.name}: {f.message}" for f in result.findings if f.status is Status.ERROR]
    assert not broken, "the fields that a rule looks into want a shape in scanner/evaluate"
    assert not result.problems
    assert {f.status for f in result.findings} - {Status.MANUAL} == {Status.FAIL, Status.UNKNOWN}
