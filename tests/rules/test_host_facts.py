"""A fault that a fixture has never passes because some other field of the NodeFacts holds nonsense."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
import yaml

from scanner.catalog.model import Catalog
from scanner.collect.interface import Collection, Resource
from scanner.collect.paths import Path
from scanner.evaluate.embedded import EmbeddedEngine
from scanner.facts.cluster import WholeSource
from scanner.findings.model import Status
from scanner.pipeline import ScanPlan, scan

from .conftest import Fixture, fixtures

WRONG: list[Any] = [None, [], {}, [None], {"a": [1]}]
"""What no field of NodeFacts that decides something may hold; other texts and numbers may be meant."""
MEANT = {("kubelet", "dropIns")}
"""Where an empty list says that there are none."""
FAILING = [
    f
    for f in fixtures()
    if f.rule.startswith("node.") and f.expectation == "fail" and b"NodeFacts" in f.content
]


def paths(value: Any, path: Path = ()) -> Iterator[Path]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in items:
        yield (*path, key)
        yield from paths(child, (*path, key))


def broken(body: dict[str, Any], fault: Path) -> Iterator[dict[str, Any]]:
    """The object with each field in turn missing or wrong, but for the one at fault."""
    for path in paths(body):
        if path in (("apiVersion",), ("kind",), fault) or path in MEANT:
            continue
        for wrong in WRONG:
            if path == fault[: len(path)] and (isinstance(wrong, dict) or (wrong is None and len(path) > 2)):
                continue  # which unsets what is at fault
            copy = deepcopy(body)
            holder: Any = copy
            for key in path[:-1]:
                holder = holder[key]
            holder[path[-1]] = wrong
            yield copy


@pytest.mark.parametrize("fixture", FAILING, ids=lambda f: f"{f.rule}/{f.path.stem}")
def test_nonsense_beside_a_fault_is_no_pass(fixture: Fixture, catalog: Catalog) -> None:
    rules = [catalog.rules[fixture.rule]]
    body = yaml.safe_load(fixture.content)
    fault = fixture.scan(catalog, rules, EmbeddedEngine()).findings[0].path
    given = {fixture.rule: fixture.options.get("parameters", {})}
    plan = ScanPlan(catalog, rules, (), snapshot=True, rules_asked=True, parameters=given)
    resources = [Resource(each, WholeSource("facts.yaml")) for each in broken(body, fault)]
    result = scan(plan, Collection(resources=resources), EmbeddedEngine())
    assert len(resources) > 20
    assert [entry.resources[0].body for entry in result.looked if entry.status is Status.PASS] == []
