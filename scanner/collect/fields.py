"""Fields of parsed YAML by their path."""

from __future__ import annotations

from typing import Any

from scanner.collect.interface import Path


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
