"""The places of any document, as the parser tells them."""

from __future__ import annotations

import re
from bisect import bisect_right

from scanner.yaml import exact
from scanner.yaml.model import Limits
from scanner.yaml.nodes import Entry, Fault, Node, compose
from scanner.yaml.places import Place, Places

_ESCAPE = re.compile(r"(\\u[dD][89a-fA-F]..)|\\.")


def parse(text: str) -> Places:
    """The places of a text; only the root if a parser of YAML cannot read it, as with some JSON."""
    try:
        # JSON may write a character as a surrogate pair, YAML may not
        root = compose(_ESCAPE.sub(lambda m: r"\ufffd" if m[1] else m[0], text), Limits())
        if root is not None:
            return _Builder(text).places(root)
    except Fault:
        pass
    return Places(Place(0, 0, text.count("\n")), [])


class _Builder:
    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = [0, *(match.end() for match in re.finditer("\n", text))]
        self._values: dict[int, Place] = {}
        self._scalars: list[tuple[int, int]] = []

    def places(self, root: Node) -> Places:
        return Places(self._value(root), self._scalars)

    def _value(self, node: Node) -> Place:
        """The place of a value, the same wherever aliases bring it in."""
        if id(node) not in self._values:
            place = self._place(node.start, node.end)
            if node.kind == "mapping":
                place.children = self._entries(node)
            elif node.kind == "sequence":
                place.children = [self._entry(item) for item in node.entries]
            elif place.end_line > place.line:
                self._scalars.append((place.line + 1, place.end_line))
            self._values[id(node)] = place
        return self._values[id(node)]

    def _entries(self, mapping: Node) -> dict[str, Place]:
        entries: dict[str, Place] = {}
        for entry in mapping.entries:
            if exact.is_merge(entry):
                for source in exact.merged(entry):
                    entries |= self._entries(source)
            else:
                entries[exact.key_of(entry)] = self._entry(entry)
        return entries

    def _entry(self, entry: Entry) -> Place:
        place = self._place(entry.start, entry.end)
        place.value = self._value(entry.value)
        place.children = place.value.children
        return place

    def _place(self, start: int, end: int) -> Place:
        end = min(end, len(self._text))
        while end > start and self._text[end - 1] in " \t\n":
            end -= 1
        return Place(*self._position(start), *self._position(end))

    def _position(self, index: int) -> tuple[int, int]:
        line = bisect_right(self._lines, index) - 1
        return line, index - self._lines[line]
