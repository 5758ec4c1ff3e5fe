"""GitHub's line hash, against a plain rolling implementation of what its documentation and action say."""

from __future__ import annotations

from collections import Counter

from hypothesis import example, given
from hypothesis import strategies as st

from scanner.report.line_hash import LineHashes

WINDOW = 100


def rolled(text: str) -> list[str]:
    """Every line's hash, one character after the other: the slow way."""
    units = text.encode("utf-16-le", "surrogatepass")
    codes = [int.from_bytes(units[i : i + 2], "little") for i in range(0, len(units), 2)]
    stream: list[int] = []
    starts = [0]
    after_return = False
    for code in codes:
        if code in (32, 9) or (after_return and code == 10):
            after_return = False
            continue
        after_return = code == 13
        if stream and stream[-1] == 10:
            starts.append(len(stream))
        stream.append(10 if code == 13 else code)
    if stream and stream[-1] == 10:
        starts.append(len(stream))
    stream += [0xFFFF, *[0] * (WINDOW - 1)]
    hashes, seen = [], Counter[int]()
    for start in starts:
        value = 0
        for code in stream[start : start + WINDOW]:
            value = (value * 37 + code) % 2**64
        seen[value] += 1
        hashes.append(f"{value:x}:{seen[value]}")
    return hashes


def hashed(text: str) -> list[str]:
    return list(LineHashes().of(text.encode(), range(1, text.count("\n") + text.count("\r") + 2)).values())


def test_published_hashes() -> None:
    assert hashed("") == ["c129715d7a2bc9a3:1"]
    assert hashed(" a\nb\n  \t\tc\n d")[:2] == ["271789c17abda88f:1", "54703d4cd895b18:1"]


def test_equal_lines_are_counted() -> None:
    hashes = hashed("privileged: true, and more of the same for the length of it\n" * 10)
    assert [text.split(":")[1] for text in hashes[:4]] == ["1", "2", "3", "4"]
    assert len({text.split(":")[0] for text in hashes[:4]}) == 1


def test_different_lines_with_one_hash_are_counted_together() -> None:
    rest = "x" * 98 + "\n"
    first, second = hashed(f"aZ{rest}b5{rest}")[:2]
    assert second == f"{first.split(':')[0]}:2"


@given(st.text(alphabet="ab \t\r\nZ5é😀\uffff\0", max_size=300))
@example("\r\n\r \n\n\r")
@example("x" * 350 + "\n" + "y" * 99 + "\n" + "z" * 100 + "\n\n" + "é" * 250)
@example("a: 1\r\nb: 2\r\n")
def test_equals_the_rolling_hash(text: str) -> None:
    assert hashed(text) == rolled(text)


def test_only_wanted_lines_are_given() -> None:
    assert list(LineHashes().of(b"a\nb\nc\n", {2, 99})) == [2]
    assert LineHashes().of(b"a\n", set()) == {}
