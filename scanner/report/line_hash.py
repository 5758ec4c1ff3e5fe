"""The hash by which GitHub knows a line again, equal to what its own upload action computes.

The action's `fingerprints.ts` rolls a polynomial (base 37, 64 bits) over the file without its spaces and
tabs. A line's hash is that of the 100 characters from its start; the number after the colon counts the
lines so far with the same hash.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from operator import mul

_BLOCK = 100
_MASK = (1 << 64) - 1
_POWERS = [pow(37, exponent, 1 << 64) for exponent in range(_BLOCK + 1)]
_FALLING = _POWERS[-2::-1]
_END = "\uffff"
_BREAK = re.compile("\r\n|\r")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_BLANKS = str.maketrans("", "", " \t")


class LineHashes:
    """Hashes lines; what was computed for one file serves the next, as manifests repeat themselves."""

    def __init__(self) -> None:
        self._values: dict[str, int] = {}

    def of(self, data: bytes, lines: Collection[int]) -> dict[int, str]:
        """The hashes of some lines of a file, counted from 1; lines that it does not have are left out."""
        text = _units(_BREAK.sub("\n", data.decode("utf-8", "replace")).translate(_BLANKS))
        rows = [f"{row}\n" for row in text.split("\n")]
        rows[-1] = rows[-1][:-1] + _END
        counts: Counter[int] = Counter()
        found = {}
        for line, value in zip(range(1, max(lines, default=0) + 1), self._hashes(rows), strict=False):
            counts[value] += 1
            if line in lines:
                found[line] = f"{value:x}:{counts[value]}"
        return found

    def _hashes(self, rows: list[str]) -> Iterator[int]:
        """Every row's hash: that of the text to 100 characters after its start, less that before it."""
        before = ahead = 0
        start = whole = index = 0  # `ahead` is of the rows before `index`, `whole` characters in all
        for row in rows:
            while index < len(rows) and whole + len(rows[index]) <= start + _BLOCK:
                ahead = self._append(ahead, rows[index])
                whole += len(rows[index])
                index += 1
            rest = start + _BLOCK - whole
            part = rows[index][:rest] if index < len(rows) else ""
            # past the end of the file the algorithm reads characters of value 0
            block = self._append(ahead, part) * _POWERS[rest - len(part)]
            yield (block - before * _POWERS[_BLOCK]) & _MASK
            before = self._append(before, row)
            start += len(row)

    def _append(self, value: int, text: str) -> int:
        """The hash of a text, from that of what stands before its last part, and that part."""
        for at in range(0, len(text), _BLOCK):
            part = text[at : at + _BLOCK]
            own = self._values.get(part)
            if own is None:
                own = self._values[part] = sum(map(mul, map(ord, part), _FALLING[-len(part) :]))
            value = (value * _POWERS[len(part)] + own) & _MASK
        return value


def _units(text: str) -> str:
    """The text with characters beyond U+FFFF as their two UTF-16 units, as JavaScript counts."""
    return text if text.isascii() else _ASTRAL.sub(_pair, text)


def _pair(match: re.Match[str]) -> str:
    high, low = divmod(ord(match[0]) - 0x10000, 0x400)
    return chr(0xD800 + high) + chr(0xDC00 + low)
