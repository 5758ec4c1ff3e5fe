"""Selectors as Calico writes them, such as `app == 'web' && !has(debug)`.

Source: https://docs.tigera.io/calico/latest/reference/resources/networkpolicy#selectors
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

_TOKEN = re.compile(
    r"""\s*(?:(?P<word>[\w./-]+)|(?P<text>'[^']*'|"[^"]*")|(?P<sign>==|!=|&&|\|\||[!(){},]))""",
)
_DEEPEST = 50
Labels = Mapping[str, str]


class Unreadable(ValueError):
    """The selector is not one."""


def matches(selector: str, labels: Labels) -> bool:
    """Whether a selector chooses something with these labels; an empty one chooses all.

    Raises Unreadable.
    """
    return not selector.strip() or _Reader(_tokens(selector), labels).everything()


@lru_cache(maxsize=512)
def _tokens(selector: str) -> tuple[str, ...]:
    found, at = [], 0
    while at < len(selector.rstrip()):
        match = _TOKEN.match(selector, at)
        if match is None:
            raise Unreadable(selector)
        found.append(match.group().strip())
        at = match.end()
    return tuple(found)


class _Reader:
    """Reads and answers at once: `or` over `and` over terms."""

    def __init__(self, tokens: tuple[str, ...], labels: Labels) -> None:
        self._tokens = tokens
        self._labels = labels
        self._at = 0
        self._depth = 0

    def everything(self) -> bool:
        found = self._either()
        if self._at < len(self._tokens):
            raise Unreadable(self._tokens[self._at])
        return found

    def _next(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _take(self, *wanted: str) -> str:
        token = self._next()
        if not token or (wanted and token not in wanted):
            raise Unreadable(token or "it ends too early")
        self._at += 1
        return token

    def _either(self) -> bool:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise Unreadable("it is too deep")
        found = self._all()
        while self._next() == "||":
            self._take()
            found = self._all() or found
        self._depth -= 1
        return found

    def _all(self) -> bool:
        found = self._term()
        while self._next() == "&&":
            self._take()
            found = self._term() and found
        return found

    def _term(self) -> bool:
        negated = False
        while self._next() == "!":
            self._take()
            negated = not negated
        return self._plain() is not negated

    def _plain(self) -> bool:
        token = self._take()
        if token == "(":  # noqa: S105
            found = self._either()
            self._take(")")
            return found
        if token in ("all", "global", "has") and self._next() == "(":
            self._take()
            found = self._take() in self._labels if token == "has" else token == "all"  # noqa: S105
            self._take(")")
            return found
        return self._compared(self._labels.get(token))

    def _compared(self, value: str | None) -> bool:
        match self._take("==", "!=", "in", "not", "contains", "starts", "ends"):
            case "==":
                return self._text() == value
            case "!=":
                return self._text() != value
            case "in":
                return value in self._set()
            case "not":
                self._take("in")
                return value not in self._set()
            case "contains":
                return self._text() in (value or "") and value is not None
            case "starts":
                self._take("with")
                return (value or "").startswith(self._text()) and value is not None
            case _:
                self._take("with")
                return (value or "").endswith(self._text()) and value is not None

    def _text(self) -> str:
        token = self._take()
        if token[0] not in "'\"":
            raise Unreadable(token)
        return token[1:-1]

    def _set(self) -> set[str]:
        self._take("{")
        found = set()
        while self._next() != "}":
            found.add(self._text())
            if self._next() == ",":
                self._take()
        self._take("}")
        return found
