"""JSON as kubectl takes it: objects, one after another."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from typing import Any

from scanner.yaml.model import Limits

_SPACE = re.compile(r"[ \t\n]*+")
_HALF = re.compile(r"\\u[dD][89a-fA-F]")
_ESCAPE = re.compile(r"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|(\\u[dD][89a-fA-F]..)|\\.")


def begin(text: str) -> bool:
    """Whether the text begins as JSON objects do; it may yet be a YAML mapping in braces."""
    return text.startswith("{", _after_space(text, 0))


def load(text: str, line: int, limits: Limits) -> Iterator[tuple[int, str, dict[str, Any] | None]]:
    """The first line, the text and the value of each object of a text that begins at `line`.

    The value is None where the YAML readers have to decide: what stands there is not JSON, or is at fault.
    Of an object that begins on the line on which another ends, columns are counted from its own beginning.
    """
    decoder = _Decoder()
    # as Go does, half of a surrogate pair is read as U+FFFD
    readable = _ESCAPE.sub(lambda m: r"\ufffd" if m[1] else m[0], text) if _HALF.search(text) else text
    begin = end = 0
    while begin == 0 or begin < len(text):
        decoder.found_twice = False
        try:
            value, end = decoder.raw_decode(readable, _after_space(text, begin))
        except (ValueError, RecursionError):
            value, end = None, len(text)
        sound = isinstance(value, dict) and not decoder.found_twice and _depth(value) <= limits.max_depth
        yield line, text[begin:end], value if sound else None
        following = _after_space(text, end)
        line += text.count("\n", begin, following)
        begin = following


class _Decoder(json.JSONDecoder):
    """Takes note of keys that stand twice in an object, and refuses numbers that JSON does not have."""

    def __init__(self) -> None:
        super().__init__(object_pairs_hook=self._object, parse_float=_finite, parse_constant=_finite)
        self.found_twice = False

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        value = dict(pairs)
        self.found_twice |= len(value) != len(pairs)
        return value


def _after_space(text: str, index: int) -> int:
    match = _SPACE.match(text, index)
    return match.end() if match else index


def _finite(number: str) -> float:
    value = float(number)
    if not math.isfinite(value):
        raise ValueError(f"JSON has no number {number}")
    return value


def _depth(value: Any) -> int:
    depth, level = 0, [value]
    while level:
        depth += 1
        level = [
            child
            for parent in level
            for child in (parent.values() if isinstance(parent, dict) else parent)
            if isinstance(child, (dict, list))
        ]
    return depth
