"""Documents to read and to look into: written in every style, and those of the examples."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from hypothesis import strategies as st

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").rglob("*.yaml"))

_words = st.sampled_from(
    [
        "a",
        "b",
        "yes",
        "1",
        "1.0",
        "x y",
        "it's",
        'say "x"',
        "a: b",
        "# c",
        "- d",
        "",
        "é",
        "two\nlines",
        "a\n\n b\n",
    ]
)
_scalars = st.one_of(_words, st.booleans(), st.none(), st.integers(-9, 10**6), st.floats(-5, 5, width=16))
_keys = st.sampled_from(["name", "image", "env", "a.b/c", "x", "0", "true", "two words", "it's", "k:v", "é"])
_values = st.recursive(
    _scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(_keys, inner, max_size=3)),
    max_leaves=12,
)


@st.composite
def documents(draw: st.DrawFn) -> str:
    """A mapping, as PyYAML writes it in one of its styles, with comments and blank lines thrown in.

    Thrown into a scalar they may break the document.
    """
    text = yaml.safe_dump(
        draw(st.dictionaries(_keys, _values, min_size=1, max_size=4)),
        default_flow_style=draw(st.sampled_from([False, False, None, True])),
        default_style=draw(st.sampled_from([None, None, "'", '"', "|"])),
        indent=draw(st.integers(2, 4)),
        width=draw(st.sampled_from([12, 80])),
        allow_unicode=True,
        sort_keys=False,
    )
    lines = []
    for line in text.splitlines():
        lines += draw(st.sampled_from([[], [], [], [""], ["# comment"], ["    # name: x"]]))
        lines.append(line)
    return "\n".join(lines) + draw(st.sampled_from(["\n", ""]))


def paths(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The path of every value in it, and its own."""
    yield path
    children = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for step, child in children:
        yield from paths(child, (*path, step))
