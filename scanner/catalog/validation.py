"""Makes pydantic's errors readable: the first one, with the nearest name for an unknown key."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ValidationError

from scanner.errors import nearest


def explain(error: ValidationError, model: type[BaseModel]) -> tuple[str, str]:
    """Message and remedy of the first thing that is wrong."""
    first = error.errors(include_url=False)[0]
    path = first["loc"]
    where = ".".join(str(part) for part in path)
    if first["type"] == "extra_forbidden":
        known = _fields_at(model, path[:-1])
        remedy = nearest(str(path[-1]), known) or (f"known keys: {', '.join(sorted(known))}" if known else "")
        return f"unknown key {where!r}", remedy
    if first["type"] == "missing":
        return f"{where!r} is missing", "add it"
    return f"{where or 'the document'}: {first['msg']}", ""


def _fields_at(model: type[BaseModel], path: tuple[Any, ...]) -> list[str]:
    current: Any = model
    for part in path:
        if isinstance(part, int):
            continue
        current = _model_in(current.model_fields[part].annotation) if _has(current, part) else current
    return _names(current)


def _has(model: Any, field: str) -> bool:
    return isinstance(model, type) and issubclass(model, BaseModel) and field in model.model_fields


def _names(model: Any) -> list[str]:
    if not (isinstance(model, type) and issubclass(model, BaseModel)):
        return []
    return [field.alias or name for name, field in model.model_fields.items()]


def _model_in(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        found = _model_in(argument)
        if found is not None:
            return found
    return None
