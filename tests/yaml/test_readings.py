"""Values are those of the API server's own library; `readings.jsonl` holds what it makes of each text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from scanner.yaml import fast, read

READINGS = [
    json.loads(line) for line in Path(__file__).with_name("readings.jsonl").read_text("utf-8").splitlines()
]


@pytest.fixture(params=["libfyaml", "libyaml"], autouse=True)
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test with the quick parser where it is fit, and without it."""
    if request.param == "libyaml":
        monkeypatch.setattr(fast, "libfyaml", None)
    else:
        assert fast.libfyaml is not None


@pytest.mark.parametrize("reading", READINGS, ids=lambda reading: repr(reading["yaml"]))
def test_reads_as_the_api_server(reading: dict[str, Any]) -> None:
    result = read(reading["yaml"].encode())
    if "error" in reading:
        assert result.errors
        assert not result.documents
    else:
        assert not result.errors
        expected = [reading["json"]] if reading["json"] is not None else []
        assert [exactly(document.value) for document in result.documents] == [exactly(e) for e in expected]


def exactly(value: Any) -> Any:
    """The value so that equality tells true from 1, and whole numbers from others."""
    if isinstance(value, dict):
        return {key: exactly(child) for key, child in value.items()}
    if isinstance(value, list):
        return [exactly(child) for child in value]
    if isinstance(value, int) and not isinstance(value, bool) and not -(2**63) <= value < 2**64:
        value = float(value)
    return type(value), value


def test_exactly_is_strict() -> None:
    assert exactly({"a": [True]}) != exactly({"a": [1]})
    assert exactly(1) != exactly(1.0)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: 1\n<<: {a: 2}\n", {"a": 2}),
        ("<<: {a: 2}\na: 1\n", {"a": 1}),
        ("x: &x {b: 1, c: 1}\nd: {<<: [*x, {b: 2, e: 2}], c: 3}\n", {"b": 1, "c": 3, "e": 2}),
    ],
)
def test_merge_keys_override_in_the_order_of_the_text(text: str, value: dict[str, int]) -> None:
    """Strict mode would call these duplicates, kubectl does not."""
    (document,) = read(text.encode()).documents
    assert document.value.get("d", document.value) == value


@pytest.mark.parametrize(
    ("text", "message", "line", "column"),
    [
        ("a: 1\nb: 2\na: 3\n", "duplicate key 'a'", 3, 1),
        ("spec:\n  x: {b: 1,\n    b: 2}\n", "duplicate key 'b'", 3, 5),
        ("- a: 1\n  # a: comment\n  b: 'x: y'\n  a: 2\n", "duplicate key 'a'", 4, 3),
        ('{"a": {"b": 1,\n "b": 2}}\n', "duplicate key 'b'", 2, 2),
        ("1: a\n'1': b\n", "duplicate key '1'", 2, 1),
        ("yes: a\n'true': b\n", "duplicate key 'true'", 2, 1),
        ("{a, b: 1, a}\n", "duplicate key 'a'", 1, 11),
        ('{"a":1,"a":2} # x: y\n', "duplicate key 'a'", 1, 8),
        ('x: {"a":1,"a":2} # y: z\n', "duplicate key 'a'", 1, 11),
        ("x: {a, a} # y: z\n", "duplicate key 'a'", 1, 8),
    ],
)
def test_duplicate_keys_are_errors(text: str, message: str, line: int, column: int) -> None:
    result = read(text.encode())
    assert not result.documents
    (error,) = result.errors
    assert (error.message, error.line, error.column) == (message, line, column)
    assert error.remedy
