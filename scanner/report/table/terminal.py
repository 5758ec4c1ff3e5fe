"""Text for a terminal: colours, widths, wrapped lines."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scanner.catalog.model import Severity
from scanner.findings.model import Status

STYLES: dict[str, str] = {
    "bold": "1",
    "dim": "2",
    "gutter": "34",
    "remedy": "32",
    Severity.CRITICAL: "1;31",
    Severity.HIGH: "31",
    Severity.MEDIUM: "33",
    Severity.LOW: "36",
    Severity.INFO: "2",
    Status.FAIL: "31",
    Status.ERROR: "1;31",
    Status.UNKNOWN: "1;35",
    Status.MANUAL: "1;34",
    Status.PASS: "32",
}


_CODES = re.compile("\x1b\\[[0-9;]*m")


@dataclass(frozen=True, slots=True)
class Terminal:
    """How wide lines may be, and whether colours show."""

    width: int
    color: bool

    def paint(self, text: str, style: str) -> str:
        """The text in a style of `STYLES`; as it is in any other."""
        code = STYLES.get(style)
        return f"\x1b[{code}m{text}\x1b[0m" if self.color and code and text else text

    def wrap(self, text: str, indent: str, first: str = "", style: str = "") -> Iterator[str]:
        """The text in lines that fit, each after `indent`, the first after `first` if given.

        A word longer than a line is left whole, so that it can be copied.
        """
        lead, line = first or indent, ""
        for word in text.split():
            longer = f"{line} {word}" if line else word
            if line and cells(lead) + cells(longer) > self.width:
                yield lead + self.paint(line, style)
                lead, line = indent, word
            else:
                line = longer
        yield lead + self.paint(line, style)

    def flow(self, parts: Iterable[str], indent: str, first: str) -> Iterator[str]:
        """The parts, with a dot between them, in lines that fit; no part is broken."""
        lead, line = first, ""
        for part in parts:
            longer = f"{line} · {part}" if line else part
            if line and cells(lead) + cells(longer) > self.width:
                yield f"{lead}{line} ·"
                lead, line = indent, part
            else:
                line = longer
        yield lead + line


def cells(text: str) -> int:
    """How many columns of a terminal the text takes; colours take none."""
    if "\x1b" in text:
        text = _CODES.sub("", text)
    if text.isascii():
        return len(text)
    return sum(_cell(character) for character in text)


def _cell(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def cut(text: str, width: int) -> str:
    """The text, cut with an ellipsis when it takes more columns."""
    if cells(text) <= width:
        return text
    taken = 0
    for index, character in enumerate(text):
        taken += _cell(character)
        if taken >= width:
            return f"{text[:index]}…"
    return text


def number(count: int, noun: str) -> str:
    """`1 file`, `2 files`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
