"""Places in files of manifests."""

from __future__ import annotations

import json

from scanner.collect.manifests import from_bytes


def pods(count: int) -> bytes:
    items = [{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": f"pod-{n}"}} for n in range(count)]
    return json.dumps({"apiVersion": "v1", "kind": "List", "items": items}).encode()


def test_the_line_at_fault_is_shown() -> None:
    place = from_bytes(pods(1), "list.json").resources[0].origin.locate(("metadata", "name"))
    assert "pod-0" in place.snippet


def test_a_whole_file_on_one_line_is_not_kept_with_each_place() -> None:
    collection = from_bytes(pods(1_000), "list.json")
    places = [resource.origin.locate(("metadata", "name")) for resource in collection.resources]
    assert {place.snippet for place in places} == {""}
    assert len({place.column for place in places}) == 1_000
