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
        elif isinstance(body, list) and isinstance(key, int) and 0 <= key < len(body):
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


def as_text(value: Any) -> str | None:
    """The value of a field for text: numbers and booleans without quotes are meant as text."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, (int, float)) else None


def as_integer(value: Any) -> int | None:
    """The value of a field for whole numbers, of which none in the API has more than 64 bits."""
    return value if type(value) is int and -(2**63) <= value < 2**63 else None


def texts(body: Any, *keys: str | int) -> dict[str, str]:
    """The texts of the mapping at a path."""
    found = ((key, as_text(value)) for key, value in mapping(body, *keys).items())
    return {key: value for key, value in found if value is not None}


def values(body: Any, *keys: str | int) -> list[Any]:
    """The list at a path, or an empty one."""
    found = field(body, *keys)
    return found if isinstance(found, list) else []


def entries(body: Any, *keys: str | int) -> list[tuple[int, Mapping[str, Any]]]:
    """The mappings in the list at a path, with their positions."""
    return [(at, entry) for at, entry in enumerate(values(body, *keys)) if isinstance(entry, dict)]
