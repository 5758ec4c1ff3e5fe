"""Compares a chart's rendering with one in which values were replaced, or lines were marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from scanner.collect.helm.marks import Marks, TemplateLine
from scanner.collect.helm.values import Sentinels
from scanner.collect.interface import Path

Origins = Sequence[TemplateLine | None]
"""Where each line of a template's output comes from."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that a replaced value changed or brought."""

    path: Path
    other_path: Path
    """Its path in the other rendering."""
    value: Path
    """The value; of several in one field, the last."""
    missing: bool = False
    """Whether only the other rendering has the field."""


def differences(base: Any, other: Any, sentinels: Sentinels) -> Iterator[Difference]:
    """Every field that differs by a sentinel."""
    yield from _differences(base, other, sentinels, (), ())


def _differences(
    base: Any, other: Any, sentinels: Sentinels, path: Path, other_path: Path
) -> Iterator[Difference]:
    if isinstance(base, dict) and isinstance(other, dict):
        for key, value in other.items():
            if key in base:
                inner, other_inner = (*path, key), (*other_path, key)
                yield from _differences(base[key], value, sentinels, inner, other_inner)
            elif tagged := sentinels.tagged(key):
                yield Difference(path, other_path, tagged[0])
            elif len(found := set(_within(value, sentinels))) == 1:
                yield Difference((*path, key), (*other_path, key), found.pop(), missing=True)
    elif isinstance(base, list) and isinstance(other, list) and base:
        kept = [(number, item) for number, item in enumerate(other) if not _is_filling(item, sentinels)]
        for index, (one, (number, two)) in enumerate(zip(base, kept, strict=False)):
            yield from _differences(one, two, sentinels, (*path, index), (*other_path, number))
    elif base != other:
        for value in list(_within(other, sentinels, base))[-1:]:
            yield Difference(path, other_path, value)


def _is_filling(item: Any, sentinels: Sentinels) -> bool:
    """Whether an item stands in a list only because an empty value was filled."""
    return isinstance(item, dict) and bool(item) and all(sentinels.tagged(key) for key in item)


def _within(value: Any, sentinels: Sentinels, besides: object = None) -> Iterator[Path]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield from sentinels.within(key)
            yield from _within(each, sentinels)
    elif isinstance(value, list):
        for each in value:
            yield from _within(each, sentinels)
    else:
        yield from sentinels.within(value, besides)


def align(plain: str, marked: str, marks: Marks) -> Origins:
    """For each line of a template's output its line in the template, by the output with marks."""
    lines = plain.split("\n")
    others, origins = marks.read(marked)
    if lines == others:
        return origins
    aligned: list[TemplateLine | None] = [None] * len(lines)
    for tag, start, end, other_start, other_end in SequenceMatcher(
        None, lines, others, autojunk=False
    ).get_opcodes():
        if tag == "equal" or (tag == "replace" and end - start == other_end - other_start):
            aligned[start:end] = origins[other_start:other_end]
    return aligned
