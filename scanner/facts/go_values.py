"""Values of flags and configuration files as Go programs read them."""

from __future__ import annotations

import re
from typing import Literal

from scanner.fields import as_integer, as_text

Kind = Literal["boolean", "integer", "text", "list", "duration"]
Value = bool | int | float | str | list[str]
_TRUE, _FALSE = {"1", "t", "T", "true", "TRUE", "True"}, {"0", "f", "F", "false", "FALSE", "False"}
_INTEGER = re.compile(r"[-+]?\d{1,18}")
_NUMBER, _UNIT = r"(\d{1,18}\.?\d{0,18}|\.\d{1,18})", r"(ns|us|µs|ms|s|m|h)"
_DURATION = re.compile(rf"([-+]?)(?:{_NUMBER}|(?:{_NUMBER}{_UNIT})+)")
_PART = re.compile(rf"{_NUMBER}{_UNIT}?")
_SECONDS = {"ns": 1e-9, "us": 1e-6, "µs": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0, "h": 3600.0}


def typed(value: object, kind: Kind) -> Value | None:
    """A value as its setting's kind, a duration in seconds; None if it is no such value."""
    match kind:
        case "boolean":
            if isinstance(value, str):
                return True if value in _TRUE else False if value in _FALSE else None
            return value if isinstance(value, bool) else None
        case "integer":
            if isinstance(value, str):
                return int(value) if _INTEGER.fullmatch(value) else None
            return as_integer(value)
        case "list":
            if isinstance(value, str):
                return [each.strip() for each in value.split(",") if each.strip()]
            if not isinstance(value, list):
                return None
            texts = [each for each in value if isinstance(each, str)]
            return texts if len(texts) == len(value) else None
        case "duration":
            return seconds(value)
        case "text":
            return value if isinstance(value, str) else None


def seconds(duration: object) -> float | None:
    """A duration such as `1h30m`, in seconds; a number without a unit counts as seconds.

    None for anything else.
    """
    written = None if isinstance(duration, bool) else as_text(duration)
    found = _DURATION.fullmatch(written) if written else None
    if found is None:
        return None
    total = sum(float(number) * _SECONDS[unit or "s"] for number, unit in _PART.findall(found[0]))
    return -total if found[1] == "-" else total
