"""Objects that others hold are objects of their own, on the lines where they stand."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from scanner.collect.embedded import EMBEDDED
from scanner.collect.interface import objects_in
from scanner.collect.manifests import from_bytes

POD = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "held"}}


def holder(group_kind: str, location: str) -> Any:
    held: Any = POD
    for key in reversed(location.split(".")):
        held = [held] if key == "*" else {key: held}
    kind, _, group = group_kind.partition(".")
    return {"apiVersion": f"{group}/v1" if group else "v1", "kind": kind, **held}


@pytest.mark.parametrize(
    ("group_kind", "location"),
    [(kind, location) for kind, locations in EMBEDDED.items() for location in locations],
)
def test_held_objects_are_found(group_kind: str, location: str) -> None:
    body = holder(group_kind, location)
    path = tuple(0 if key == "*" else key for key in location.split("."))
    assert list(objects_in(body)) == [(body, ()), (POD, path)]


def test_held_objects_stand_on_their_own_lines() -> None:
    work = {
        "apiVersion": "work.open-cluster-management.io/v1",
        "kind": "ManifestWork",
        "spec": {"workload": {"manifests": ["nonsense", POD]}},
    }
    collection = from_bytes(yaml.dump(work, sort_keys=False).encode(), "work.yaml")
    outer, inner = collection.resources
    assert (outer.kind, inner.kind, inner.name) == ("ManifestWork", "Pod", "held")
    assert inner.origin.locate(("metadata", "name")).line == 10


def test_an_object_that_holds_itself_as_text_holds_none() -> None:
    assert len(list(objects_in({"apiVersion": "v1", "kind": "Template", "objects": "none"}))) == 1
