"""Files: their documents, and what is wrong with some of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scanner.yaml import Limits, read, read_file


def values(text: str) -> list[object]:
    result = read(text.encode())
    assert not result.errors
    return [document.value for document in result.documents]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\n---\nb: 2\n", [(1, {"a": 1}), (3, {"b": 2})]),
        (
            "# header\n\n---\na: 1\n--- # next\nb: 2\n---\n# nothing\n---\n---\nnull\n",
            [(4, {"a": 1}), (6, {"b": 2})],
        ),
        ("a: 1\n...\n# between\n---\nb: 2\n...\n", [(1, {"a": 1}), (5, {"b": 2})]),
        ("--- {a: 1}\n--- |\n  b\n---# c\nd: 1", [(1, {"a": 1}), (2, "b\n"), (5, {"d": 1})]),
        ("%YAML 1.1\n# directive\n---\na: on\n---\nb: 1\n", [(1, {"a": True}), (6, {"b": 1})]),
        ("a: |\n  ---\n  b\n  ...\nc: ---d\n", [(1, {"a": "---\nb\n...\n", "c": "---d"})]),
        ("\ufeffa: 1\r\nb: |\r\n  x\r\n---\r\nc: 2\r\n", [(1, {"a": 1, "b": "x\n"}), (5, {"c": 2})]),
        ("a: 1\rb: 2\r---\rc: 3\r", [(1, {"a": 1, "b": 2}), (4, {"c": 3})]),
        ('\n\n{"a": 1}\n\n{\n "b": 2}{"c": 3}\n', [(1, {"a": 1}), (5, {"b": 2}), (6, {"c": 3})]),
        ('{"a": 1}\n---\n{"b": [1.0, 2]}\n', [(1, {"a": 1}), (3, {"b": [1.0, 2]})]),
        ("{a: 1, b: [c,],}\n", [(1, {"a": 1, "b": ["c"]})]),
        ("", []),
        ("\n# comment\n  # comment", []),
    ],
)
def test_documents(text: str, expected: list[tuple[int, object]]) -> None:
    result = read(text.encode())
    assert not result.errors
    assert [(document.start, document.value) for document in result.documents] == expected


@pytest.mark.parametrize("text", ["a: 1\n---\n# c\nb: 2\n---\nc: 3", '{"a": 1}\n{"b": 2}\n'])
def test_text_is_a_stretch_of_the_file(text: str) -> None:
    lines = text.split("\n")
    for document in read(text.encode()).documents:
        own = document.text.splitlines()
        assert own == lines[document.start - 1 :][: len(own)]


def test_utf16_with_a_byte_order_mark_is_read() -> None:
    for encoding in ("utf-16-le", "utf-16-be"):
        (document,) = read("\ufeffa: é\r\n".encode(encoding)).documents
        assert document.value == {"a": "é"}


def test_json_keeps_characters_written_as_pairs_and_replaces_halves() -> None:
    assert values(r'{"a": "\ud83d\ude00 \\ud83d \ud83d"}') == [{"a": "\U0001f600 \\ud83d \ufffd"}]


def test_json_numbers() -> None:
    assert values('{"a": 1.0, "b": -0, "c": 1e3, "d": 12345678901234567890}') == [
        {"a": 1.0, "b": 0, "c": 1000.0, "d": 12345678901234567890}
    ]


def test_a_large_json_number_is_read_as_yaml_does() -> None:
    assert values('{"a": 1' + "0" * 5000 + "}") == [{"a": "1" + "0" * 5000}]


BROKEN = {
    "unclosed bracket": ("a: 1\nb: [1,\n", 2, "did not find expected"),
    "indentation": ("a: 1\n  b: 2\n", 2, "mapping values are not allowed"),
    "tab": ("a:\n\tb: 1\n", 2, "cannot start any token"),
    "unclosed quote": ('x: 1\na: "b\nc: 1\n', 2, "found unexpected end of stream"),
    "unknown anchor": ("a: 1\nb: *x\n", 2, "unknown anchor 'x'"),
    "anchor in itself": ("a: &x\n  b: *x\n", 2, "contains itself"),
    "infinity": ("a: 1\nb: .inf\n", 2, "no number inf"),
    "null key": ("a: 1\nnull: 2\n", 2, "a key cannot be null"),
    "complex key": ("a: 1\n? [b]\n: c\n", 2, "a key cannot be a list or a mapping"),
    "base64": ("a: 1\nb: !!binary '%%'\n", 2, "invalid base64"),
    "merge": ("a: 1\n<<: b\n", 2, "a merge key (<<) takes a mapping"),
    "template": ("a: 1\nb: {{ .Values.b }}\n", 2, "key cannot be"),
    "second object of JSON": ('{"a": 1}\n{"b" 2}\n', 2, "did not find expected"),
    "duplicate key in JSON": ('{"a": 1}\n{"b": 1, "b": 2}\n', 2, "duplicate key 'b'"),
}


@pytest.mark.parametrize(("text", "line", "message"), BROKEN.values(), ids=BROKEN)
def test_a_broken_document_leaves_the_others(text: str, line: int, message: str) -> None:
    before, after = "x: |\n  ---\n  b\n---\n", "---\nz: 2\n"
    result = read((before + text + after).encode())
    read_values = [document.value for document in result.documents]
    assert read_values[0] == {"x": "---\nb\n"}
    assert read_values[-1] == {"z": 2}
    (error,) = result.errors
    assert message in error.message
    assert error.line == line + before.count("\n")
    assert error.column is not None
    assert error.column >= 1


def test_templates_are_named_as_such() -> None:
    (error,) = read(b"a: {{ .Values.a }}\nb: [\n").errors
    assert "template" in error.remedy


def test_every_error_has_a_place_within_the_text() -> None:
    (error,) = read(b'a: "b').errors
    assert (error.line, error.column) == (1, 4)


def bomb(levels: int) -> str:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, levels)]
    return "\n".join(lines)


@pytest.mark.parametrize("text", [bomb(60), "a: &a {b: &b [c, c]}\n" + "d:\n" + "- *a\n" * 30_000])
def test_alias_bomb(text: str) -> None:
    (error,) = read(text.encode()).errors
    assert "the aliases stand for more than 100000 values" in error.message
    assert error.line is not None
    assert error.remedy


def test_aliases_are_read_within_the_limit() -> None:
    (document,) = read(bomb(4).encode()).documents
    assert len(document.value["a3"]) == 9
    assert read(bomb(4).encode(), Limits(max_alias_expansion=1000)).errors


DEEP = {
    "flow": "[" * 100_000,
    "closed flow": "a: " + "[" * 300 + "]" * 300,
    "JSON": '{"a":' * 100_000,
    "closed JSON": '{"a":' * 300 + "1" + "}" * 300,
    "very deep closed JSON": '{"a":' * 50_000 + "1" + "}" * 50_000,
    "block": "\n".join(" " * n + "a:" for n in range(300)),
    "dashes": "- " * 300 + "a",
    "aliases": "a0: &a0 [x]\n" + "\n".join(f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, 300)),
}


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP)
def test_deep_nesting(text: str) -> None:
    result = read(text.encode())
    assert not result.documents
    (error,) = result.errors
    assert error.message == "values nest deeper than 100 levels"


def test_nesting_is_read_within_the_limit() -> None:
    depth = 95
    (document,) = read(("{a: " * depth + "1" + "}" * depth).encode()).documents
    (same,) = read(json.dumps(document.value).encode()).documents
    assert document.value == same.value


def test_too_large_a_file_is_not_parsed() -> None:
    (error,) = read(b"\xff" * 101, Limits(max_bytes=100)).errors
    assert error.message == "the file has 101 bytes; 100 are read at most"
    assert (error.line, error.column) == (None, None)
    assert error.remedy


def test_too_many_values_for_the_exact_reader() -> None:
    limits = Limits(max_values=100)
    assert read(b"a:\n" + b"- b\n" * 200, limits).documents
    result = read(b"a: !!seq\n" + b"- b\n" * 200, limits)
    assert not result.documents
    (error,) = result.errors
    assert error.message == "the document holds more than 100 values"
    assert error.line is not None


def test_too_many_documents() -> None:
    result = read(b"a: 1\n---\n" * 5, Limits(max_documents=3))
    assert len(result.documents) == 3
    (error,) = result.errors
    assert error.message == "the file holds more than 3 documents"
    assert error.line == 7


@pytest.mark.parametrize(
    ("data", "message", "line", "column"),
    [
        (b"a: 1\nb\x00c", "the file holds binary data", 2, 2),
        (b"\x7fELF\x02\x01\x01\x00", "the file holds the control character U+007F", 1, 1),
        (b"a: 1\nb: \x1b[31m\n", "the file holds the control character U+001B", 2, 4),
        ("a: 1\nb: é\n".encode("latin-1"), "the file is not valid UTF-8", 2, 4),
        (b"\xff\xfea\x00:\x00 \x00\x00\xd8", "the file is not valid UTF-16", 1, 4),
        ("a: 1".encode("utf-32"), "the file is UTF-32", None, None),
    ],
)
def test_what_is_no_text(data: bytes, message: str, line: int | None, column: int | None) -> None:
    result = read(data)
    assert not result.documents
    (error,) = result.errors
    assert (error.message, error.line, error.column) == (message, line, column)
    assert "UTF-8" in error.remedy


def test_file_that_is_too_large_is_not_loaded(tmp_path: Path) -> None:
    with (tmp_path / "huge.yaml").open("wb") as file:
        file.truncate(1 << 40)  # a terabyte of nothing: reading it would not end
    (error,) = read_file(tmp_path / "huge.yaml").errors
    assert error.message == "the file has 1,099,511,627,776 bytes; 67,108,864 are read at most"
