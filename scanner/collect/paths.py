"""Paths to the fields of objects."""

from __future__ import annotations

from collections.abc import Iterator

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
