"""The fixtures' objects, with fields that hold what nobody expects there."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from typing import Any

from scanner.catalog.model import Catalog
from scanner.collect.manifests import from_bytes
from scanner.collect.paths import Path
from scanner.evaluate.interface import Engine
from scanner.findings.model import ScanResult
from scanner.pipeline import ScanPlan, scan

from .conftest import fixtures

KEPT: tuple[Path, ...] = (("apiVersion",), ("kind",))
JUNK: list[Any] = [
    *(None, "", 0, True, -1.5, 1e30, 2**70, [], {}, "junk", "*", "{value} %d\n\u202e\x07😀<&>"),
    *([None], ["a", 1, None, {}], [["x"]], [{"a": None}], {"a": None, "\x07": {"b": [1e-7]}}),
]


def junk(seed: int, count: int) -> list[dict[str, Any]]:
    """Objects of the fixtures in which some fields are replaced, wrapped or new."""
    chance = random.Random(seed)
    return [_mutated(chance.choice(_bodies()), chance) for _ in range(count)]


def scan_junk(catalog: Catalog, engine: Engine, minor: int, snapshot: bool, count: int) -> ScanResult:
    """All rules over so many such objects, the same for equal arguments."""
    text = "\n".join(json.dumps(body) for body in junk(minor * 2 + snapshot, count))
    plan = ScanPlan(catalog, list(catalog.rules.values()), (), kubernetes_minor=minor, snapshot=snapshot)
    return scan(plan, from_bytes(text.encode(), "junk.json"), engine)


@cache
def _bodies() -> list[dict[str, Any]]:
    return [r.body for f in fixtures() for r in from_bytes(f.content, f.path.name).resources]


def _mutated(body: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    body = deepcopy(body)
    for _ in range(chance.choice([1, 1, 2, 4])):
        places = [path for path in _paths(body) if path not in KEPT]
        if not places:
            break
        *parents, last = chance.choice(places)
        holder: Any = body
        for key in parents:
            holder = holder[key]
        new = deepcopy(chance.choice(JUNK))
        match chance.randrange(8):
            case 0:
                holder[last] = [holder[last]]
            case 1:
                holder[last] = {"x": holder[last]}
            case 2 if isinstance(holder, list) and isinstance(last, int):
                holder.insert(last, new)
            case _:
                holder[last] = new
    return body


def _paths(value: Any, path: Path = ()) -> Iterator[Path]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in items:
        yield (*path, key)
        yield from _paths(child, (*path, key))
