"""Files of components, as ConfigMaps and NodeFacts hold them."""

from __future__ import annotations

from typing import Any

import pytest

from scanner.facts.node_files import parsed

LEVELS = "\n".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 9))
BOMB = f"l0: &l0 [x, x, x]\n{LEVELS}\n"


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ({"a": 1}, {"a": 1}),
        ("a: 1\n", {"a": 1}),
        ("# nothing\n---\na: 1\n", {"a": 1}),
        ("", None),
        ("- a\n", None),
        ("a: [", None),
        (None, None),
        (5, None),
        (BOMB, None),
    ],
)
def test_what_a_file_holds(content: Any, found: Any) -> None:
    assert parsed(content) == found
