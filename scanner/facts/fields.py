"""Reads fields of objects that may hold anything: what has the wrong type counts as missing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_NONE: Mapping[str, Any] = {}


def field(body: Any, *keys: str | int) -> Any:
    """The value at a path; None when it is missing."""
    for key in keys:
        if isinstance(body, dict):
            body = body.get(key)
        elif isinstance(body, list) and isinstance(key, int) and key < len(body):
            body = body[key]
        else:
            return None
    return body


def mapping(body: Any, *keys: str | int) -> Mapping[str, Any]:
    """The mapping at a path, or an empty one."""
    found = field(body, *keys)
    return found if isinstance(found, dict) else _NONE


def text(body: Any, *keys: str | int) -> str:
    """The string at a path, or an empty one."""
    found = field(body, *keys)
    return found if isinstance(found, str) else ""


def values(body: Any, *keys: str | int) -> list[Any]:
    """The list at a path, or an empty one."""
    found = field(body, *keys)
    return found if isinstance(found, list) else []


def entries(body: Any, *keys: str | int) -> list[tuple[int, Mapping[str, Any]]]:
    """The mappings in the list at a path, with their positions."""
    return [(at, entry) for at, entry in enumerate(values(body, *keys)) if isinstance(entry, dict)]
