"""Where values stand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.yaml import Document, Locator, Span, lines, read
from tests.yaml.documents import EXAMPLES, documents, paths

MANIFEST = """\
# a header
kind: Deployment
metadata:
  name: web   # the name
  annotations: {}
  "example.com/note": "a # b"  # quoted

spec:
  template:
    spec:
      # trusted, see ticket 7
      # until June
      hostNetwork: true
      containers:
      - name: web
        image: web:1
        command: [sh, -c, "x: y"]
        args:
        - |
          # no comment
          hostPID: true

        # about resources
        resources:
          limits:
            cpu: 1
      -   name: log
          env:
            - {name: A, value: b}
      volumes:
"""


def only(text: str) -> Document:
    result = read(text.encode())
    assert not result.errors
    (document,) = result.documents
    return document


def place(text: str, *path: str | int) -> tuple[int, int, int, int, bool]:
    span = Locator(only(text)).find(path)
    return span.line, span.column, span.end_line, span.end_column, span.exact


CONTAINER = ("spec", "template", "spec", "containers", 0)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ((), (2, 1, 30, 15, True)),
        (("kind",), (2, 1, 2, 17, True)),
        (("metadata",), (3, 1, 6, 40, True)),
        (("metadata", "annotations"), (5, 3, 5, 18, True)),
        (("metadata", "example.com/note"), (6, 3, 6, 40, True)),
        (("spec", "template", "spec", "hostNetwork"), (13, 7, 13, 24, True)),
        (CONTAINER, (15, 9, 26, 19, True)),
        ((*CONTAINER, "name"), (15, 9, 15, 18, True)),
        ((*CONTAINER, "command"), (17, 9, 17, 34, True)),
        ((*CONTAINER, "command", 2), (17, 27, 17, 33, True)),
        ((*CONTAINER, "args"), (18, 9, 21, 24, True)),
        ((*CONTAINER, "args", 0), (19, 11, 21, 24, True)),
        ((*CONTAINER, "resources", "limits", "cpu"), (26, 13, 26, 19, True)),
        ((*CONTAINER[:-1], 1), (27, 11, 29, 34, True)),
        ((*CONTAINER[:-1], 1, "env", 0, "value"), (29, 25, 29, 33, True)),
        (("spec", "template", "spec", "volumes"), (30, 7, 30, 15, True)),
    ],
)
def test_entries(path: tuple[str | int, ...], expected: tuple[int, int, int, int, bool]) -> None:
    assert place(MANIFEST, *path) == expected


@pytest.mark.parametrize(
    ("path", "nearest"),
    [
        ((*CONTAINER, "securityContext", "privileged"), CONTAINER),
        ((*CONTAINER, "image", "tag"), (*CONTAINER, "image")),
        ((*CONTAINER[:-1], 2, "image"), CONTAINER[:-1]),
        ((*CONTAINER[:-1], -1), CONTAINER[:-1]),
        ((*CONTAINER[:-1], "0"), CONTAINER[:-1]),
        (("spec", 0), ("spec",)),
        (("status",), ()),
    ],
)
def test_a_missing_path_gives_its_nearest_ancestor(
    path: tuple[str | int, ...], nearest: tuple[str | int, ...]
) -> None:
    *where, exact = place(MANIFEST, *path)
    assert not exact
    assert [*where, True] == list(place(MANIFEST, *nearest))


def test_lines_are_those_of_the_file() -> None:
    first, second = read(b"a: 1\n---\n# c\nb:\n  - c\n").documents
    assert Locator(first).find(["a"]).line == 1
    assert Locator(second).find(["b", 0]) == Span(5, 5, 5, 6)


ANCHORED = """\
base: &base
  user: 0
  list: &list [a, b]
one:
  <<: *base
  own: 1
two: *base
three: [*list, {<<: [*base], x: *list}]
"""


@pytest.mark.parametrize(
    ("path", "line", "column"),
    [
        (("one",), 4, 1),
        (("one", "user"), 2, 3),
        (("one", "list", 1), 3, 19),
        (("one", "own"), 6, 3),
        (("two",), 7, 1),
        (("two", "user"), 2, 3),
        (("three", 0), 8, 9),
        (("three", 0, 0), 3, 16),
        (("three", 1, "user"), 2, 3),
        (("three", 1, "x"), 8, 30),
    ],
)
def test_aliases_and_merge_keys_lead_to_where_the_text_stands(
    path: tuple[str | int, ...], line: int, column: int
) -> None:
    found = place(ANCHORED, *path)
    assert (*found[:2], found[-1]) == (line, column, True)


def test_keys_are_found_as_the_api_server_names_them() -> None:
    text = "on: 1\n0x10: 2\n? c\n: 3\n!!str 4: d\n"
    for line, key in enumerate(["true", "16", "c", "4"], 1):
        assert place(text, key)[0] == line + (line == 4)


def test_a_key_is_not_mistaken_for_one_that_only_looks_like_it() -> None:
    text = 'a: "x\nb: 1\n  c"\nb: {c: [\nd, e], d: 2}\nf: g\n   - h\n'
    assert place(text, "b", "d")[:2] == (5, 8)
    assert place(text, "f") == (6, 1, 7, 7, True)


JSON = '{\n  "kind": "Pod", "a\\"\\u00e9": [1,\n {"b" : {}}],\n\t"c":\n  "d"\n}\n'


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ((), (1, 1, 6, 2, True)),
        (("kind",), (2, 3, 2, 16, True)),
        (('a"é',), (2, 18, 3, 13, True)),
        (('a"é', 0), (2, 32, 2, 33, True)),
        (('a"é', 1, "b"), (3, 3, 3, 11, True)),
        (("c",), (4, 2, 5, 6, True)),
    ],
)
def test_json(path: tuple[str | int, ...], expected: tuple[int, int, int, int, bool]) -> None:
    assert place(JSON, *path) == expected


def test_json_with_what_yaml_cannot_read() -> None:
    text = '{"a": "\\ud83d\\ude00",\n "b"\n: 1,\n "c": "{\\"d\\": 1}"}'
    assert place(text, "b") == (2, 2, 3, 4, True)
    assert place(text, "c")[:2] == (4, 2)


def test_value_span() -> None:
    locator = Locator(only(MANIFEST))
    assert locator.value_span(["metadata", "name"]) == Span(4, 9, 4, 12)
    assert locator.value_span([*CONTAINER, "command"]) == Span(17, 18, 17, 34)
    assert locator.value_span([*CONTAINER, "image", "x"]) == Span(16, 16, 16, 21, exact=False)
    assert Locator(only(ANCHORED)).value_span(["two"]).line == 1


def test_comments() -> None:
    locator = Locator(only(MANIFEST))
    assert locator.comments(["kind"]) == ["a header"]
    assert locator.comments(["metadata", "name"]) == ["the name"]
    assert locator.comments(["metadata", "example.com/note"]) == ["quoted"]
    assert locator.comments(["spec", "template", "spec", "hostNetwork"]) == [
        "trusted, see ticket 7",
        "until June",
    ]
    assert locator.comments([*CONTAINER, "resources"]) == ["about resources"]
    assert locator.comments([*CONTAINER, "command"]) == []
    assert locator.comments([*CONTAINER, "securityContext"]) == []


@pytest.mark.parametrize("a", ["|\n  x\n  # y", '"x\n  # y"', "[\n # y\n]"])
def test_the_lines_of_a_scalar_are_no_comments(a: str) -> None:
    text = f"a: {a}\nb: 1 # z\n"
    assert Locator(only(text)).comments(["b"]) == ["z"]


@pytest.mark.parametrize(
    ("line", "comment"),
    [
        ("k: it's # c", ["c"]),
        ("k: a#b", []),
        ("k: 'a # b'", []),
        ("k: 'a # b' # c", ["c"]),
        ('k: "\\" # b" #c', ["c"]),
        ("k: [a, '# b'] # c", ["c"]),
        ("k: # c\n  x: 1", ["c"]),
        ("k: | # c\n  x # d", ["c"]),
    ],
)
def test_comments_at_the_end_of_a_line(line: str, comment: list[str]) -> None:
    assert Locator(only(line + "\n")).comments(["k"]) == comment


def scanned_and_parsed(text: str) -> list[tuple[str, Span, Span]]:
    """Every path of the documents with its span by the lines, or brackets, and by the parser."""
    spans = []
    for document in read(text.encode()).documents:
        by_scan, by_parser = Locator(document), Locator(document)
        by_parser._scanned = None
        for path in paths(document.value):
            spans.append((str(path), by_scan.find(path), by_parser.find(path)))
    return spans


def assert_same(text: str) -> None:
    for path, scanned, parsed in scanned_and_parsed(text):
        assert scanned.exact, path
        assert parsed.exact, path
        where = (scanned.line, scanned.column, scanned.end_line)
        assert where == (parsed.line, parsed.column, parsed.end_line), path


@given(documents())
@settings(max_examples=300, deadline=None)
def test_indentation_and_parser_agree(text: str) -> None:
    assert_same(text)


@given(documents(), st.sampled_from([None, 0, 2, "\t"]))
@settings(max_examples=100, deadline=None)
def test_brackets_and_parser_agree(text: str, indent: int | str | None) -> None:
    for document in read(text.encode()).documents:
        assert_same(json.dumps(document.value, indent=indent))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_indentation_and_parser_agree_on_the_examples(path: Path) -> None:
    assert_same(path.read_text("utf-8"))


def test_the_examples_are_mostly_told_from_their_indentation() -> None:
    every = [d for path in EXAMPLES for d in read(path.read_bytes()).documents]
    told = [document for document in every if lines.scan(document.text)]
    assert len(told) > 0.8 * len(every) > 0


@pytest.mark.parametrize(
    "text",
    [
        "a: &x 1\n",
        "a: !t b\n",
        "? a\n",
        "-\n  a: 1\n",
        "a b: c\n",
        'a: "b\n  c"\n',
        "a: [b,\n  c]\n",
        "a\n",
        "--- {a: 1}\n",
    ],
)
def test_what_takes_the_parser(text: str) -> None:
    assert lines.scan(text) is None
    assert_same(text)
