"""Whatever the API server does with the order of an object's fields and lists, each field finds its line."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from scanner.collect.discover import discover
from scanner.collect.helm.options import HelmOptions
from scanner.collect.interface import Collection, Resource
from scanner.collect.interface import Path as FieldPath
from scanner.collect.match import Repository, match
from scanner.collect.sources import sources
from tests.collect.match.build import Live, is_matched

ROOT = Path(__file__).parents[3]
ORDERED = ("command", "args")


def shuffled(value: Any, order: random.Random, path: FieldPath = (), old: FieldPath = ()) -> Any:
    """A value with its mappings and lists in another order, and new paths → the old ones."""
    paths = {path: old}
    if isinstance(value, dict):
        result: Any = {}
        for key in order.sample(list(value), len(value)):
            result[key], inner = shuffled(value[key], order, (*path, key), (*old, key))
            paths |= inner
        return result, paths
    if isinstance(value, list):
        indices = list(range(len(value)))
        if not path or path[-1] not in ORDERED:
            order.shuffle(indices)
        result = []
        for new, index in enumerate(indices):
            item, inner = shuffled(value[index], order, (*path, new), (*old, index))
            result.append(item)
            paths |= inner
        return result, paths
    return value, paths


@pytest.mark.parametrize(
    "folder", ["tests/collect/fixtures/charts/shop", "tests/collect/fixtures/overlays/prod", "examples"]
)
def test_every_field_finds_its_line(folder: str) -> None:
    root = ROOT / folder
    found = discover([str(root)], cwd=root)
    known = Collection()
    for source in sources(found, HelmOptions(), root):
        known.extend(source.collect())
    assert known.problems == []
    order = random.Random(5)
    live, places = [], []
    for resource in known.resources:
        body, paths = shuffled(resource.body, order)
        live.append(Resource(body, Live("cluster/x")))
        places.append((resource, paths))
    result = match(Collection(live), Repository(discover([str(root)], cwd=root), HelmOptions(), root))
    assert len(result.resources) > 3
    for made, (resource, paths) in zip(result.resources, places, strict=True):
        assert is_matched(made), (made.kind, made.name)
        for new, old in paths.items():
            assert made.origin.locate(new).line == resource.origin.locate(old).line, (made.name, new, old)
            assert made.origin.locate(new).uri == resource.origin.locate(old).uri
            assert made.origin.locate(new).drift == ""
