"""The hash by which GitHub knows a line again, equal to what its own upload action computes.

The action's `fingerprints.ts` rolls a polynomial (base 37, 64 bits) over the file without its spaces and
tabs. A line's hash is that of the 100 characters from its start; the number after the colon counts the
lines so far with the same hash.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from operator import mul

_BLOCK = 100
_POWERS = [pow(37, _BLOCK - 1 - place, 1 << 64) for place in range(_BLOCK)]
_MASK = (1 << 64) - 1
_END = "\uffff" + "\0" * (_BLOCK - 1)
_BREAK = re.compile("\r\n|\r")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_BLANKS = str.maketrans("", "", " \t")


class LineHashes:
    """Hashes lines; what was computed for one file serves the next, as manifests repeat themselves."""

    def __init__(self) -> None:
        self._hashes: dict[str, int] = {}

    def of(self, data: bytes, lines: Collection[int]) -> dict[int, str]:
        """The hashes of some lines of a file, counted from 1; lines that it does not have are left out."""
        text = _units(_BREAK.sub("\n", data.decode("utf-8", "replace")).translate(_BLANKS)) + _END
        counts: Counter[int] = Counter()
        found = {}
        start, last = 0, max(lines, default=0)
        for line in range(1, last + 1):
            value = self._hash(text[start : start + _BLOCK])
            counts[value] += 1
            if line in lines:
                found[line] = f"{value:x}:{counts[value]}"
            start = text.find("\n", start) + 1
            if not start:
                break
        return found

    def _hash(self, block: str) -> int:
        known = self._hashes.get(block)
        if known is None:
            known = self._hashes[block] = sum(map(mul, map(ord, block), _POWERS)) & _MASK
        return known


def _units(text: str) -> str:
    """The text with characters beyond U+FFFF as their two UTF-16 units, as JavaScript counts."""
    return text if text.isascii() else _ASTRAL.sub(_pair, text)


def _pair(match: re.Match[str]) -> str:
    high, low = divmod(ord(match[0]) - 0x10000, 0x400)
    return chr(0xD800 + high) + chr(0xDC00 + low)
