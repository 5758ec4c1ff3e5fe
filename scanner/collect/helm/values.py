"""The values of a chart: which file gave each, and copies with something unmistakable in their place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from scanner.collect.interface import Path
from scanner.collect.paths import at, reaches
from scanner.yaml import Document, Locator

_SENTINEL = re.compile(r"kaq(\d+)z|\d+")
_FIRST_NUMBER = 307  # not much, for templates count to numbers
_TAG = "zzkaq"


@dataclass(frozen=True, slots=True)
class Layer:
    """A values file."""

    uri: str
    document: Document
    base: Path = ()
    """Where its values stand in those of the whole chart."""
    at: Path = ()
    """Where in the document they stand."""


class Values:
    """All values files of a rendering, those that count less first."""

    def __init__(self, layers: Sequence[Layer]) -> None:
        self._layers = layers
        merged: Any = {}
        for layer in layers:
            value = at(layer.document.value, layer.at)
            for key in reversed(layer.base):
                value = {key: value}
            merged = _merge(merged, value)
        self.merged: dict[str, Any] = merged if isinstance(merged, dict) else {}

    def source(self, path: Path) -> tuple[Layer, int, int] | None:
        """The file that sets a value, with line and column: the last that does."""
        for layer in reversed(self._layers):
            inner = path[len(layer.base) :]
            inner = (*layer.at, *inner) if inner else ()
            if path[: len(layer.base)] == layer.base and inner and reaches(layer.document.value, inner):
                span = Locator(layer.document).find(inner)
                return layer, span.line, span.column
        return None

    @cached_property
    def leaves(self) -> tuple[list[Path], list[Path], list[Path]]:
        """Text and numbers; what is true; what is empty, and mappings, which can be tagged.

        None of them makes a template decide otherwise when it is replaced; `false` would.
        """
        plain: list[Path] = []
        true: list[Path] = []
        others: list[Path] = []
        for path, value in _leaves(self.merged, ()):
            if value is not False:
                (
                    true if value is True else plain if value and not isinstance(value, dict) else others
                ).append(path)
        return plain, true, others


@dataclass(frozen=True, slots=True)
class Sentinels:
    """Text and numbers that stand for values and occur nowhere else."""

    paths: Sequence[Path]
    """The values they stand for."""

    def put_into(self, values: Mapping[str, Any]) -> Any:
        """The values with sentinels in their places; a mapping with content gets one more key instead."""
        return _replaced(values, (), {path: number for number, path in enumerate(self.paths)})

    def within(self, value: object, besides: object = None) -> list[Path]:
        """The values whose sentinels stand in a scalar, in their order, and not in the other one."""
        found: list[Path] = []
        known = set(re.findall(r"\d+", str(besides)))
        for match in _SENTINEL.finditer(str(value)):
            number = int(match[1]) if match[1] else int(match[0]) - _FIRST_NUMBER
            if (match[1] or match[0] not in known) and 0 <= number < len(self.paths):
                found.append(self.paths[number])
        return found

    def tagged(self, key: str) -> list[Path]:
        """The mapping that a key was added to, if it was."""
        return self.within(key) if key.startswith(_TAG) else []


def _merge(old: Any, new: Any) -> Any:
    if isinstance(old, dict) and isinstance(new, dict):
        return old | {key: _merge(old.get(key), value) for key, value in new.items()}
    return new


def _leaves(value: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    """Scalars and what is empty; also mappings that have scalars, but not those of mappings alone.

    Templates go through the latter as through a list, and expect each value to be like the others.
    """
    if isinstance(value, dict) and value:
        if any(not isinstance(each, (dict, list)) for each in value.values()):
            yield path, value
        for key, each in value.items():
            yield from _leaves(each, (*path, key))
    elif isinstance(value, list) and value:
        for index, each in enumerate(value):
            yield from _leaves(each, (*path, index))
    else:
        yield path, value


def _replaced(value: Any, path: Path, numbers: Mapping[Path, int]) -> Any:
    number = numbers.get(path)
    if isinstance(value, dict):
        replaced = {key: _replaced(each, (*path, key), numbers) for key, each in value.items()}
        return replaced | _tag(number)
    if isinstance(value, list) and value:
        return [_replaced(each, (*path, index), numbers) for index, each in enumerate(value)]
    if number is None:
        return value
    if isinstance(value, list):
        return [_tag(number)]
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _FIRST_NUMBER + number
    return f"kaq{number}z"


def _tag(number: int | None) -> dict[str, str]:
    # it sorts behind other keys, so that a list made from the mapping keeps its order
    return {} if number is None else {f"{_TAG}{number}z": f"kaq{number}z"}
