"""Calico's selectors."""

from __future__ import annotations

import pytest

from scanner.facts.network.calico_selectors import Unreadable, matches

LABELS = {"app": "web", "tier": "front-end", "k8s.io/name": "a"}


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        ("", True),
        ("all()", True),
        ("global()", False),
        ("app == 'web'", True),
        ('app == "db"', False),
        ("app != 'db'", True),
        ("missing != 'db'", True),
        ("has(app)", True),
        ("!has(app)", False),
        ("!!has(app)", True),
        ("has(k8s.io/name)", True),
        ("app in {'web', 'db'}", True),
        ("app in { }", False),
        ("missing not in {'web'}", True),
        ("app not in {'web'}", False),
        ("tier contains 'nt-e'", True),
        ("tier starts with 'front' && tier ends with 'end'", True),
        ("missing contains ''", False),
        ("app == 'db' || tier == 'front-end'", True),
        ("app == 'web' && tier == 'db' || has(app)", True),
        ("app == 'web' && (tier == 'db' || !has(app))", False),
    ],
)
def test_matches(selector: str, expected: bool) -> None:
    assert matches(selector, LABELS) is expected


@pytest.mark.parametrize(
    "selector",
    ["app ==", "app = 'web'", "(all()", "all() all()", "app == web", "has(", "&&", "(" * 99, "'a'"],
)
def test_what_cannot_be_read(selector: str) -> None:
    with pytest.raises(Unreadable):
        matches(selector, LABELS)
