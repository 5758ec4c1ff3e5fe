"""Label selectors, read once and then answered for many labels at once with sets of bits.

Source: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from scanner.collect.interface import Path
from scanner.fields import as_text, mapping, values

_OPERATORS = ("In", "NotIn", "Exists", "DoesNotExist")


class Requirement(NamedTuple):
    """One thing that labels must fulfil."""

    key: str
    operator: str
    """`In`, `NotIn`, `Exists`, `DoesNotExist`; any other is fulfilled by no labels."""
    values: frozenset[str] = frozenset()


Selector = frozenset[Requirement]
"""All must be fulfilled; an empty one selects everything."""
Complain = Callable[[Path, str], None]
"""Is told what the API server would refuse, and where it stands."""


def read_selector(body: Mapping[str, Any], path: Path, complain: Complain) -> Selector:
    """A LabelSelector of an object."""
    for key in body.keys() - {"matchLabels", "matchExpressions"}:
        complain((*path, key), f"a label selector has no field {key!r}")
    found = []
    for key, value in mapping(body, "matchLabels").items():
        text = as_text(value)
        if not isinstance(value, str):
            complain((*path, "matchLabels", key), "the value of a label must be text, in quotes")
        found.append(Requirement(key, "In", frozenset((text or "",))))
    for at, each in enumerate(values(body, "matchExpressions")):
        found.append(_expression(each, (*path, "matchExpressions", at), complain))
    return frozenset(found)


def _expression(body: Any, path: Path, complain: Complain) -> Requirement:
    key, operator = mapping(body).get("key"), mapping(body).get("operator")
    given = frozenset(text for each in values(body, "values") if (text := as_text(each)) is not None)
    if not isinstance(key, str) or not key:
        complain(path, "the expression names no key")
    elif operator not in _OPERATORS:
        complain((*path, "operator"), f"operator {operator!r} is not one of {', '.join(_OPERATORS)}")
    elif operator in ("In", "NotIn") and not given:
        complain(path, f"operator {operator} needs values")
    elif operator in ("Exists", "DoesNotExist") and given:
        complain((*path, "values"), f"operator {operator} takes no values")
    else:
        return Requirement(key, str(operator), given)
    return Requirement(str(key), "")


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
