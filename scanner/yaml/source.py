"""From the bytes of a file to the texts of its documents."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from scanner.yaml.model import Limits, YamlError

_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MARKER = re.compile(r"\n(---|\.\.\.)[ \t]*(?:#.*)?(?=\n|\Z)|\n---(?=[ \t])")
_IDLE = r"(?:[ \t]*+(?:#.*+)?\n)*+"
_DIRECTIVES = re.compile(rf"{_IDLE}(?:%.*+\n{_IDLE})++\Z")
_NOTHING = re.compile(r"\s*+(?:#.*+\s*+)*+\Z")


def check_size(size: int, limits: Limits) -> None:
    """Raises `YamlError` for a file of more bytes than are read."""
    if size > limits.max_bytes:
        message = f"the file has {size:,} bytes; {limits.max_bytes:,} are read at most"
        raise YamlError(message, remedy="split the file, or leave it out")


def decode(data: bytes, limits: Limits) -> str:
    """The text of a file, its line breaks made line feeds. Raises `YamlError`."""
    check_size(len(data), limits)
    text = _decoded(data)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if odd := _UNPRINTABLE.search(text):
        what = "binary data" if odd[0] == "\0" else f"the control character U+{ord(odd[0]):04X}"
        remedy = "save it as UTF-8 text without control characters, or leave it out"
        raise YamlError(f"the file holds {what}", *place(text, odd.start()), remedy)
    return text


def _decoded(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise YamlError("the file is UTF-32", remedy="save it as UTF-8")
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode(error.encoding, "replace").removeprefix("\ufeff")
        message = f"the file is not valid {'UTF-16' if wide else 'UTF-8'}"
        raise YamlError(message, *place(before, len(before)), "save it as UTF-8") from None


def place(text: str, index: int) -> tuple[int, int]:
    """The line and the column, both from 0, of an index into the text."""
    return text.count("\n", 0, index), index - (text.rfind("\n", 0, index) + 1)


def split(text: str) -> Iterator[tuple[int, str]]:
    """The first line, counted from 1, and the text of each document; what holds only comments is left out.

    No scalar of YAML can hold a line that begins with a document marker, not even a block scalar, for its
    lines are indented. So documents can be told apart before, and whether or not, they can be parsed.
    """
    text = "\n" + text
    start, line = 1, 1
    for end, following in _bounds(text):
        if not _NOTHING.match(text, start, end):
            yield line, text[start:end]
        line += text.count("\n", start, following)
        start = following


def _bounds(text: str) -> Iterator[tuple[int, int]]:
    """Where each document ends and where the next begins, in a text before which a line feed was put."""
    start = 1
    for marker in _MARKER.finditer(text):
        end = marker.start() + 1
        if marker[1] != "..." and _DIRECTIVES.match(text, start, end):
            continue
        # content may follow the marker on its line: then the marker stays with it
        start = min(marker.end() + 1, len(text)) if marker[1] else end
        yield end, start
    yield len(text), len(text)
