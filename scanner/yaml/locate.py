"""Finds where a value stands in its file."""

from __future__ import annotations

import re
from typing import Any

from scanner.yaml import braces, lines, objects, parsed
from scanner.yaml.model import Document, Path, Span
from scanner.yaml.places import Place, Places

__all__ = ["Locator", "Path", "Span"]

_TRAILING_COMMENT = re.compile(
    r"""(?x) (?: \s++(?!\#) | [\[\]{},:] | "(?:[^"\\]|\\.)*+" | '(?:[^']|'')*+'
               | [^\s"'\#\[\]{},:] [^\s\[\]{},]*+ )*+
        \s++\# (.*)"""
)

_Reached = tuple[Place, Any, bool]
"""A place, its value, and whether it is what was looked for or its nearest ancestor."""


class Locator:
    """The places of one document, looked up by path.

    In plain block style the indentation tells all, in JSON the brackets do. The parser, which is slow, is
    asked about the rest, and wherever places found without it do not agree with the value that was read.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._lines = document.text.split("\n")
        self._scanned = (braces if objects.begin(document.text) else lines).scan(document.text)
        self._parsed: Places | None = None
        self._reached: dict[tuple[str | int, ...], _Reached | None] = {}

    def find(self, path: Path) -> Span:
        """The span of a mapping's entry, from its key on, or of a sequence's item.

        If the path does not exist, the span of its nearest ancestor, marked as inexact. What an alias or a
        merge key brings in is found where it is written out.
        """
        _, place, exact = self._walk(path)
        return self._span(place, exact)

    def value_span(self, path: Path) -> Span:
        """The span of the value alone, without its key. It takes the parser, so it costs more than `find`."""
        place, exact = self._walk_parsed(path)
        return self._span(place.value or place, exact)

    def comments(self, path: Path) -> list[str]:
        """The comments on a value: in the lines right above its key or item, and on its line; without '#'."""
        places, place, exact = self._walk(path)
        if not exact:
            return []
        first = place.line
        while first and self._is_comment(first - 1, places):
            first -= 1
        found = [line.strip() for line in self._lines[first : place.line]]
        if trailing := _TRAILING_COMMENT.match(self._lines[place.line], place.column):
            found.append(trailing[1])
        return [comment.lstrip("#").strip() for comment in found]

    def _walk(self, path: Path) -> tuple[Places, Place, bool]:
        if self._scanned and (found := self._reach(tuple(path), self._scanned)):
            return self._scanned, found[0], found[2]
        return self._parse(), *self._walk_parsed(path)

    def _reach(self, path: tuple[str | int, ...], places: Places) -> _Reached | None:
        """`_step` along a path; what many paths of a document have in common is gone once."""
        if path in self._reached:
            return self._reached[path]
        found: _Reached | None = (places.root, self._document.value, True)
        if path:
            found = self._reach(path[:-1], places)
            if found is not None and found[2]:
                found = _step(found[0], found[1], path[-1])
        self._reached[path] = found
        return found

    def _walk_parsed(self, path: Path) -> tuple[Place, bool]:
        root = self._parse().root
        return _follow(root, self._document.value, path) or (root, not path)

    def _parse(self) -> Places:
        if self._parsed is None:
            self._parsed = parsed.parse(self._document.text)
        return self._parsed

    def _span(self, place: Place, exact: bool) -> Span:
        offset = self._document.start
        end = place.end_column
        if end is None:
            end = len(self._lines[place.end_line].rstrip())
        return Span(place.line + offset, place.column + 1, place.end_line + offset, end + 1, exact)

    def _is_comment(self, line: int, places: Places) -> bool:
        if not self._lines[line].lstrip(" \t").startswith("#"):
            return False
        return not any(first <= line <= last for first, last in places.scalars)


def _follow(place: Place, value: Any, path: Path) -> tuple[Place, bool] | None:
    """The place of a path, or of its nearest ancestor and False; None if places and value do not agree."""
    for step in path:
        reached = _step(place, value, step)
        if reached is None:
            return None
        place, value, exists = reached
        if not exists:
            return place, False
    return place, True


def _step(place: Place, value: Any, step: str | int) -> _Reached | None:
    """One step further: the place, the value there and True; where there is no such step, False."""
    if isinstance(value, dict):
        exists = step in value
    else:
        exists = isinstance(value, list) and isinstance(step, int) and 0 <= step < len(value)
    if not exists:
        return place, value, False
    children: Any = place.children
    if type(children) is not type(value) or len(children) != len(value):
        return None
    try:
        return children[step], value[step], True
    except KeyError:
        return None
