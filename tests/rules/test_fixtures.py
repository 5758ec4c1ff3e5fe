"""Every rule finds what its fixtures mark, on those lines, and nothing else."""

from __future__ import annotations

import pytest

from scanner.catalog.model import Catalog
from scanner.evaluate.embedded import EmbeddedEngine

from .conftest import RULES, Fixture, fixtures


@pytest.mark.parametrize("fixture", fixtures(), ids=lambda f: f"{f.rule}/{f.path.stem}")
def test_fixture(fixture: Fixture, catalog: Catalog) -> None:
    fixture.check(fixture.scan(catalog, [catalog.rules[fixture.rule]], EmbeddedEngine()))


def test_every_rule_has_fixtures_and_tests(catalog: Catalog) -> None:
    for rule in catalog.rules.values():
        folder = RULES.parent.parent / rule.uri
        names = {path.name for path in (folder.parent / "fixtures").glob("*.yaml")}
        assert {"fail.yaml", "pass.yaml"} <= names, rule.name
        assert (folder.parent / "rule_test.rego").exists(), rule.name
        for outcome in rule.outcomes:
            assert any(name.startswith(outcome) for name in names), f"{rule.name} has no {outcome} fixture"
