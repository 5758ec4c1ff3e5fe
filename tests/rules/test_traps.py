"""Our own rules keep clear of what two engines read differently."""

from __future__ import annotations

from scanner.catalog.model import Catalog
from scanner.evaluate.embedded import EmbeddedEngine
from scanner.evaluate.lint import negated_references


def test_no_rule_negates_a_call_on_a_reference(catalog: Catalog) -> None:
    engine = EmbeddedEngine()
    modules = dict.fromkeys(m for rule in catalog.rules.values() for m in rule.modules)
    warned = [f"{w.uri}:{w.line}: {w.message}" for m in modules for w in negated_references(m, engine)]
    assert warned == []
