"""Label selectors, read once and then answered for many labels at once with sets of bits.

Source: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from scanner.collect.interface import Path
from scanner.fields import as_text, field, mapping, values

_OPERATORS = ("In", "NotIn", "Exists", "DoesNotExist")
_TYPES = {"matchLabels": dict, "matchExpressions": list}
_NAME = re.compile(r"(?=.{1,63}\Z)[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?")
_DOMAIN = re.compile(r"(?=.{1,253}\Z)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*")


class Requirement(NamedTuple):
    """One thing that labels must fulfil."""

    key: str
    operator: str
    """`In`, `NotIn`, `Exists`, `DoesNotExist`; any other is fulfilled by no labels."""
    values: frozenset[str] = frozenset()


Selector = frozenset[Requirement]
"""All must be fulfilled; an empty one selects everything."""
EVERYTHING: Selector = frozenset()
NOTHING: Selector = frozenset((Requirement("", ""),))

Complain = Callable[[Path, str], None]
"""Is told what the API server would refuse, and where it stands."""


def readable(selector: Selector) -> Selector:
    """What a selector demands that could be read: it selects at least what the whole does."""
    return frozenset(requirement for requirement in selector if requirement.operator)


def read_selector(body: Mapping[str, Any], path: Path, complain: Complain) -> Selector:
    """A LabelSelector of an object; one that cannot be read selects nothing."""
    labels, expressions = body.get("matchLabels"), body.get("matchExpressions")
    unknown = body.keys() - {"matchLabels", "matchExpressions"}
    for key in body:
        if key in unknown:
            complain((*path, key), f"a label selector has no field {key!r}")
    wrong = [key for key, type_ in _TYPES.items() if not isinstance(body.get(key), (type_, type(None)))]
    for key in wrong:
        complain((*path, key), f"{key} must be a {'mapping' if key == 'matchLabels' else 'list'}")
    if unknown or wrong:
        return NOTHING
    found = [
        _label(key, value, (*path, "matchLabels", key), complain) for key, value in (labels or {}).items()
    ]
    for at, each in enumerate(expressions or ()):
        found.append(_expression(each, (*path, "matchExpressions", at), complain))
    return frozenset(found)


def _label(key: str, value: Any, path: Path, complain: Complain) -> Requirement:
    text = as_text(value)
    if not _is_key(key):
        complain(path, f"no label can have the key {key!r}")
    elif not isinstance(value, str):
        complain(path, "the value of a label must be text, in quotes")
    elif not _is_value(value):
        complain(path, f"no label can have the value {value!r}")
    return Requirement(str(key), "In", frozenset((text or "",)))


def _expression(body: Any, path: Path, complain: Complain) -> Requirement:
    key, operator, wanted = field(body, "key"), field(body, "operator"), field(body, "values")
    given = frozenset(text for each in values(body, "values") if (text := as_text(each)) is not None)
    unknown = sorted(map(str, mapping(body).keys() - {"key", "operator", "values"}))
    if not isinstance(key, str) or not _is_key(key):
        complain(path, f"no label can have the key {key!r}" if key else "the expression names no key")
    elif unknown:
        complain((*path, unknown[0]), f"an expression has no field {unknown[0]!r}")
    elif operator not in _OPERATORS:
        complain((*path, "operator"), f"operator {operator!r} is not one of {', '.join(_OPERATORS)}")
    elif wanted is not None and not isinstance(wanted, list):
        complain((*path, "values"), "values must be a list")
    elif operator in ("In", "NotIn") and not given:
        complain(path, f"operator {operator} needs values")
    elif operator in ("Exists", "DoesNotExist") and wanted:
        complain((*path, "values"), f"operator {operator} takes no values")
    else:
        for at, each in enumerate(wanted or ()):
            if not isinstance(each, str) or not _is_value(each):
                complain((*path, "values", at), f"no label can have the value {each!r}")
        return Requirement(key, operator, given)
    return Requirement(str(key), "")


def _is_key(key: Any) -> bool:
    """Whether it is a label's: a name, behind the domain of whoever gives it a meaning and a slash."""
    domain, slash, name = str(key).rpartition("/")
    return bool(_NAME.fullmatch(name)) and (not slash or bool(_DOMAIN.fullmatch(domain)))


def _is_value(value: str) -> bool:
    return not value or bool(_NAME.fullmatch(value))


class Labelled:
    """Things with labels, by position; sets of them are integers with a bit for each."""

    def __init__(self, labels: Iterable[Mapping[str, str]], keys: frozenset[str]) -> None:
        """Only the `keys` that selectors name are kept."""
        self._with: dict[tuple[str, str], int] = {}
        self._having: dict[str, int] = dict.fromkeys(keys, 0)
        self._known: dict[Selector, int] = {}
        count = 0
        for own in labels:
            bit = 1 << count
            count += 1
            for key in own.keys() & keys:
                pair = (key, own[key])
                self._with[pair] = self._with.get(pair, 0) | bit
                self._having[key] |= bit
        self.all = (1 << count) - 1

    def chosen(self, selector: Selector) -> int:
        """Those that the selector matches."""
        found = self._known.get(selector)
        if found is None:
            found = self.all
            for requirement in selector:
                found &= self._fulfilling(requirement)
            self._known[selector] = found
        return found

    def _fulfilling(self, requirement: Requirement) -> int:
        key, operator, wanted = requirement
        having = self._having.get(key, 0)
        match operator:
            case "Exists":
                return having
            case "DoesNotExist":
                return self.all & ~having
            case "In" | "NotIn":
                found = 0
                for value in wanted:
                    found |= self._with.get((key, value), 0)
                return found if operator == "In" else self.all & ~found
            case _:
                return 0


def keys_of(selectors: Iterable[Selector]) -> frozenset[str]:
    """All keys that selectors name."""
    return frozenset(requirement.key for selector in selectors for requirement in selector)


def positions(bits: int) -> Iterator[int]:
    """The members of a set of bits, in rising order."""
    digits = bin(bits)[:1:-1]
    at = digits.find("1")
    while at >= 0:
        yield at
        at = digits.find("1", at + 1)
