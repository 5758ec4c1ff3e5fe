"""Paths to the fields of objects."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Path = tuple[str | int, ...]
"""Keys and indices from an object's root to one of its fields."""


def walk(value: object, location: tuple[str, ...], path: Path = ()) -> Iterator[tuple[Path, object]]:
    """Everything at a location, with its path."""
    if not location:
        yield path, value
        return
    key, rest = location[0], location[1:]
    if key == "*":
        if isinstance(value, list):
            for index, item in enumerate(value):
                yield from walk(item, rest, (*path, index))
        elif isinstance(value, dict):
            for name, item in value.items():
                yield from walk(item, rest, (*path, name))
    elif isinstance(value, dict) and key in value:
        yield from walk(value[key], rest, (*path, key))


def reaches(value: Any, path: Path) -> bool:
    """Whether a value has something at a path."""
    for key in path:
        if isinstance(value, list) and isinstance(key, int):
            value = dict(enumerate(value))
        if not isinstance(value, dict) or key not in value:
            return False
        value = value[key]
    return True


def at(value: Any, path: Path) -> Any:
    """What stands at a path that is there."""
    for key in path:
        value = value[key]
    return value


def depth_of(value: Any, path: Path) -> int:
    """How many keys of a path are there."""
    return next(end for end in range(len(path), -1, -1) if reaches(value, path[:end]))
