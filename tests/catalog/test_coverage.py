"""The tables of policies/coverage are well-formed, and the rules that they name exist."""

from __future__ import annotations

import re
import runpy
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml

from scanner.catalog import catalog as catalogs

ROOT = Path(__file__).parent.parent.parent
TABLES = sorted((ROOT / "policies" / "coverage").glob("*.yaml"))
LATER = runpy.run_path(str(ROOT / "docs" / "generate.py"))["LATER"]


class Check(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A check: the rules that hold it, the later work that will, or why it is not taken."""

    id: str
    title: str
    rules: list[str] | None = None
    without: str | None = None
    later: str | None = None
    not_taken: str | None = msgspec.field(default=None, name="not")


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All checks of a scanner."""

    tool: str
    checks: list[Check]


def table(path: Path) -> Table:
    return msgspec.convert(yaml.safe_load(path.read_text(encoding="utf-8")), Table)


@pytest.fixture(scope="module")
def rules() -> set[str]:
    return set(catalogs.load().rules)


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_every_check_stands_once_and_has_one_answer(path: Path) -> None:
    read = table(path)
    assert read.tool == path.stem
    ids = [check.id for check in read.checks]
    assert sorted(set(ids)) == sorted(ids)
    for check in read.checks:
        answers = [answer for answer in (check.rules, check.later, check.not_taken) if answer]
        assert len(answers) == 1, check.id
        assert check.later is None or check.later in LATER, check.id
        assert check.without is None or check.rules, check.id


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_every_rule_named_exists(path: Path, rules: set[str]) -> None:
    areas = "|".join(sorted({name.partition(".")[0] for name in rules}))
    for check in table(path).checks:
        named = check.rules or []
        assert len(set(named)) == len(named), check.id
        mentioned = re.findall(rf"\b(?:{areas})\.[a-z_]+", f"{check.without} {check.not_taken}")
        assert {*named, *mentioned} <= rules, check.id


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "A", "title": "a", "rule": ["workload.privileged"]},
        {"id": "A", "title": "a", "rules": "workload.privileged"},
        {"id": "A", "title": "a", "not": ["no"]},
        {"title": "a", "later": "node"},
    ],
)
def test_a_malformed_check_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"tool": "a", "checks": [wrong]}, Table)
