"""The quick reader reads as the exact one does, or leaves it to that."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given, settings

from scanner.yaml import Limits, exact, fast, read, source
from scanner.yaml.model import YamlError
from tests.yaml.documents import EXAMPLES, documents
from tests.yaml.test_readings import exactly

SCALARS = ["".join(letters) for n in (1, 2, 3) for letters in itertools.product("019.-+_eEx", repeat=n)]


def quick(text: str) -> object:
    """What the quick reader makes of a text; `Doubt` if it leaves it to the exact one."""
    if not fast.is_plain(text):
        return fast.Doubt
    try:
        return exactly(fast.load(text))
    except fast.Doubt:
        return fast.Doubt


def agrees(text: str) -> bool:
    """Whether both read the same; the quick one may leave the text to the exact one."""
    found = quick(text)
    return found is fast.Doubt or found == exactly(exact.load(text, Limits()))


@pytest.mark.parametrize("template", ["a: {}\n", "a:\n- {}\n", "a: [x, {}]\n", "b: 1\n{}: a\n"])
def test_numbers(template: str) -> None:
    for scalar in SCALARS:
        text = template.replace("{}", scalar)
        try:
            assert agrees(text), text
        except YamlError:
            assert quick(text) is fast.Doubt or ":" in scalar, text


@given(documents())
@settings(max_examples=300, deadline=None)
def test_documents_in_every_style(text: str) -> None:
    try:
        assert agrees(text)
    except YamlError:
        assert quick(text) is fast.Doubt


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_examples(path: Path) -> None:
    for _, text in source.split(path.read_text("utf-8")):
        try:
            assert agrees(text)
        except YamlError:
            assert quick(text) is fast.Doubt


def test_manifests_are_plain() -> None:
    """What most manifests look like is read the quick way, or it would not be quick."""
    text = """\
apiVersion: apps/v1 # comment: with a colon
metadata: {name: web, labels: {app: web}}
spec:
  replicas: 3
  cpu: 1.5
  args: ["--port=8080", '--x', *z]
  script: |
    echo "a: b" && exit 1
  image: registry.example.com/web:1.2.0@sha256:0e1f
  uid: 0e3f1a2b-7587-11e8-82cc-fe87d4819862
"""
    assert not fast.is_plain(text)
    assert fast.is_plain(text.replace(", *z", ""))
    assert fast.load(text.replace(", *z", "")) == exact.load(text.replace(", *z", ""), Limits())


@pytest.mark.parametrize(
    "text",
    [
        "a: &x 1\n",
        "a: *x\n",
        "a: !!str 1\n",
        "<<: {a: 1}\n",
        "? a\n",
        ": a\n",
        "a:\n\t- b\n",
        "a: |2\n   b\n",
        "a:\n  |\n  b\n",
        'a: "\\ud83d\\ude00"\n',
        "a: b\u2028c\n",
        "%YAML 1.1\n---\na: b\n",
        "-" + " " * 300 + "a\n",
        "a: {b: " + " \n" * 300 + "}\n",
    ],
)
def test_corners_are_left_to_the_exact_reader(text: str) -> None:
    assert not fast.is_plain(text)


@pytest.mark.parametrize(
    "text",
    [
        "a: [b\n",
        "- a\n",
        "a: |\n  b",
        "1: a\n",
        "on: a\n",
        "a: 1.0\n",
        "a: 1\na: 2\n",
        "a: {b: 1, b: 2} # x: y\n",
        'a: {"b":1,"b":2}\n',
        "[" * 1000,
    ],
)
def test_doubtful_results_are_left_to_the_exact_reader(text: str) -> None:
    assert fast.is_plain(text)
    with pytest.raises(fast.Doubt):
        fast.load(text)


def test_libfyaml_writes_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    read(b"a: [b\n---\na: |0\n  b\n---\na: b: c\n")
    assert capfd.readouterr() == ("", "")
