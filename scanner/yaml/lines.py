"""The places of a document in plain block style, told from the indentation of its lines.

The text is known to be well-formed, so a line that is indented more than an entry which has its value already
can only continue that value. What takes more knowledge of YAML than this is left to the parser: anchors,
tags, complex keys, quoted scalars and flow collections of several lines.
"""

from __future__ import annotations

import re
from functools import lru_cache

from scanner.yaml.places import Place, Places

_KEY = r"""(?: [A-Za-z0-9_$] [A-Za-z0-9_$./-]*+ | "[^"\\\n]*+" | '[^'\n]*+' )"""
_PLAIN = r"""(?: [^\s"'\[\]{}&*!|>%@`?,\#:-] | [:-](?=\S) )"""
_DOUBLE = r""" "(?:[^"\\\n]|\\.)*+" """
_SINGLE = r"""'(?:[^'\n]|'')*+'"""
_TOKEN = rf"""(?: [ ,] | (?:{_DOUBLE}|{_SINGLE}):? | [A-Za-z0-9_$./<=+~^;\\(-] [^ ,\[\]{{}}"'\#\n]*+ )"""
_FLOW = rf"""[\[{{] (?: {_TOKEN} | [\[{{] {_TOKEN}*+ [\]}}] )*+ [\]}}]"""
_REST = r"[ ]*+ (?:\#.*+)? $"
_WHOLE = rf"(?: {_DOUBLE} | {_SINGLE} | {_FLOW} | [|>][-+]? ) {_REST}"
_LINE = re.compile(
    rf"""(?x) ^
    ( [ ]*+ (?: -[ ]++ )*+ ) (?: \t[ \t]*+ (?=\#|$) )?+       # indentation and dashes
    ( {_KEY} : (?: [ ]++(?=[^ \#\n]) | (?= {_REST} ) ) )?+     # a key, with a space if its value follows
    (?:
        (?(2) (?= {_REST} | {_PLAIN} | {_WHOLE} )
            | (?= $ | \# | {_WHOLE} | {_PLAIN} (?: [^:\n] | :(?!\s) )*+ $ ) )
        ( (?(2)[|>]|.)?+ ) .*+      # how the rest begins; after a key, only if it is a block scalar
      | (.+)                        # what takes the parser
    )""",
    re.MULTILINE,
)
_ODD_BREAKS = re.compile("[\x85\u2028\u2029]")
_SHARED_LENGTH = 16_384

_Line = tuple[str, str, str, str]


class _Unclear(Exception):
    """It takes the parser to tell what stands here."""


def scan(text: str) -> Places | None:
    """The places of a well-formed text, or None if it is not in plain block style."""
    if not text.isascii() and _ODD_BREAKS.search(text):
        return None
    lines = tuple(_LINE.findall(text))
    return _shared(lines) if len(text) <= _SHARED_LENGTH else _places(lines)


def _places(lines: tuple[_Line, ...]) -> Places | None:
    try:
        return _Scan().places(lines)
    except _Unclear:
        return None


# in a fleet, many documents differ in nothing but their values
_shared = lru_cache(maxsize=256)(_places)


class _Scan:
    """The collections that are open at a line, and the last entry of the innermost one."""

    def __init__(self) -> None:
        self._root = self._owner = self._entry = Place(0, 0, 0)
        self._scalars: list[tuple[int, int]] = []
        # the innermost collection: how far its entries are indented, and its entries; then those around it
        self._column = -1
        self._children: dict[str, Place] | list[Place] | None = None
        self._outer: list[tuple[int, Place]] = []
        # what is indented more than this belongs to the last entry; whether that has its value already
        self._indent = -1
        self._filled = False
        # how far the lines of a block scalar are indented; None outside of one, and before its first line
        # zero or less: what blank lines there make the least of it
        self._block: int | None = None
        self._last = 0

    def places(self, lines: tuple[_Line, ...]) -> Places:
        for number, (prefix, key, mark, trouble) in enumerate(lines):
            dash = prefix.find("-")
            column = len(prefix)
            if not (key or mark or trouble or dash >= 0):
                if self._block is not None and self._block <= 0:
                    self._block = min(self._block, -column)
                continue
            bare = not key and dash < 0
            indent = column if dash < 0 else dash
            if self._filled and indent > self._indent:
                if self._continues(number, indent, bare and mark == "#"):
                    self._entry.end_line = self._last = number
                continue
            if bare and mark == "#":
                self._block = None
                continue
            if trouble or (bare and (self._filled or not -1 < self._indent < column)):
                raise _Unclear
            while dash >= 0:
                dash = self._item(number, dash, prefix)
            if key:
                self._key(number, column, key.rstrip(": "))
            self._last = number
            if not key and mark in ("", "#"):
                raise _Unclear
            if not key or key[-1] == " ":
                self._value(number, mark)
        while self._outer:
            self._leave()
        return Places(self._root, self._scalars)

    def _item(self, number: int, dash: int, prefix: str) -> int:
        """Begin the item after a dash; returns the column of the next dash in the line."""
        while self._column > dash:
            self._leave()
        following = prefix.find("-", dash + 1)
        place = Place(number, len(prefix) if following < 0 else following, number)
        if self._column == dash and isinstance(self._children, list):
            self._children.append(place)
        else:
            self._enter(number, dash, [place])
        self._entry, self._indent, self._filled = place, dash, False
        return following

    def _key(self, number: int, column: int, key: str) -> None:
        while self._column > column or (self._column == column and isinstance(self._children, list)):
            self._leave()
        place = Place(number, column, number)
        name = key[1:-1] if key[0] in "\"'" else key
        if self._column == column and isinstance(self._children, dict):
            self._children[name] = place
        else:
            self._enter(number, column, {name: place})
        self._entry, self._indent, self._filled = place, column, False

    def _value(self, number: int, mark: str) -> None:
        """The last entry's value is a scalar, or a flow collection that ends on its line."""
        self._filled = True
        self._entry.end_line = number
        self._block = None
        if mark in ("|", ">"):
            self._block = 0
            self._scalars.append((number + 1, number))

    def _continues(self, number: int, indent: int, comment: bool) -> bool:
        """Whether a line, indented more than the last entry, continues its scalar."""
        if self._block is None:
            return not comment
        if self._block <= 0:
            self._block = max(indent, -self._block)
        if indent < self._block:
            self._block = None
            return False
        self._scalars[-1] = self._scalars[-1][0], number
        return True

    def _enter(self, number: int, column: int, children: dict[str, Place] | list[Place]) -> None:
        """The value of the last entry is a collection."""
        if self._filled:
            raise _Unclear
        if self._entry is self._root:
            self._root.line, self._root.column = number, column
        self._outer.append((self._column, self._owner))
        self._column, self._owner = column, self._entry
        self._owner.children = self._children = children

    def _leave(self) -> None:
        self._owner.end_line = self._last
        self._column, self._owner = self._outer.pop()
        self._children = self._owner.children
        self._filled = True
