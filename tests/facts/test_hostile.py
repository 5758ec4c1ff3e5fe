"""No fact breaks on an object in which some field has the wrong type."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
import yaml

from scanner.catalog import catalog as catalogs
from scanner.catalog.model import Rule
from scanner.collect.interface import Path, Resource
from scanner.evaluate.projection import fact, units
from scanner.facts.index import Index

from .objects import Nowhere

CATALOG = catalogs.load()
RULES = [rule for rule in CATALOG.rules.values() if any(read.startswith("facts.") for read in rule.reads)]
WRONG: list[Any] = [None, True, 1, "x", [[1]], {"a": [1]}]


def paths(value: Any, path: Path = ()) -> Iterator[Path]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in items:
        yield (*path, key)
        yield from paths(child, (*path, key))


def broken(documents: list[Any]) -> Iterator[list[Any]]:
    for number, document in enumerate(documents):
        for path in paths(document):
            if path not in (("apiVersion",), ("kind",)):
                for value in WRONG:
                    yield [*documents[:number], replaced(document, path, value), *documents[number + 1 :]]


def replaced(document: Any, path: Path, value: Any) -> Any:
    copy = deepcopy(document)
    parent = copy
    for key in path[:-1]:
        parent = parent[key]
    parent[path[-1]] = value
    return copy


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_facts_take_anything(rule: Rule) -> None:
    folder = catalogs.data_folder("rego").parent / rule.uri
    facts = [fact(read) for read in rule.reads if read.startswith("facts.")]
    for fixture in sorted(folder.parent.glob("fixtures/*.yaml")):
        for bodies in broken(list(yaml.safe_load_all(fixture.read_text()))):
            index = Index([Resource(body, Nowhere()) for body in bodies], snapshot=True)
            for unit in units(index, rule):
                for each in facts:
                    each(index, unit)
