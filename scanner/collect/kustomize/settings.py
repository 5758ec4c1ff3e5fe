"""The fields of a kustomization that change or make objects, found by what they give."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from scanner.collect.interface import Location
from scanner.collect.interface import Path as FieldPath
from scanner.collect.kustomize.tree import Kustomization

_LABELS = ("labels", "matchLabels", "selector")
_GENERATORS = {"ConfigMap": "configMapGenerator", "Secret": "secretGenerator"}


def settings(
    here: Kustomization, body: dict[str, Any], path: FieldPath, value: object
) -> Iterator[FieldPath]:
    """Where a kustomization sets a field of an object to a value; the nearest to the fault first."""
    last = path[-1] if path else ""
    around = path[-2] if len(path) > 1 else ""
    if last == "image":
        yield from _images(here, str(value))
    elif last == "replicas":
        for index, item in _named(here, "replicas", body):
            if item.get("count") == value:
                yield "replicas", index, "count"
    elif last == "namespace" or (body.get("kind") == "Namespace" and path == ("metadata", "name")):
        yield from [("namespace",)] if here.value.get("namespace") == value else []
    if around == "annotations" and _get(here.value.get("commonAnnotations"), last) == value:
        yield "commonAnnotations", last
    if around in _LABELS:
        for index, item in enumerate(here.items("labels")):
            if _get(_get(item, "pairs"), last) == value:
                yield "labels", index, "pairs", last
        if _get(here.value.get("commonLabels"), last) == value:
            yield "commonLabels", last


def _images(here: Kustomization, image: str) -> Iterator[FieldPath]:
    for index, item in enumerate(here.items("images")):
        name = str(_get(item, "newName") or _get(item, "name"))
        if image == name or image.startswith((f"{name}:", f"{name}@")):
            for key in ("digest", "newTag", "newName"):
                if item.get(key) and str(item[key]) in image:
                    yield "images", index, key


def generators(
    here: Kustomization, body: dict[str, Any], path: FieldPath, value: object
) -> Iterator[FieldPath | Location]:
    """Where a kustomization makes an object or an entry of it: a field, or a place in an env file."""
    name = _GENERATORS.get(str(body.get("kind")), "")
    for index, item in _named(here, name, body):
        if not path:
            yield name, index
        elif path == ("metadata", "name"):
            yield name, index, "name"
        elif len(path) == 2 and path[0] in ("data", "binaryData"):
            text = _plain(value) if name == "secretGenerator" else value
            for number, literal in enumerate(_list(item, "literals")):
                key, _, given = str(literal).partition("=")
                if key == path[1] and given.strip("'\"") == text:
                    yield name, index, "literals", number
            for number, file in enumerate(_list(item, "files")):
                key, equals, source = str(file).partition("=")
                if (key if equals else Path(source or key).name) == path[1]:
                    yield name, index, "files", number
            for file in [*_list(item, "envs"), *([item["env"]] if item.get("env") else [])]:
                yield from _env_lines(here.folder / str(file), str(path[1]), text)


def _env_lines(file: Path, key: str, value: object) -> Iterator[Location]:
    try:
        lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return
    for number, line in enumerate(lines, 1):
        name, _, given = line.partition("=")
        if name.strip() == key and given.strip() == value:
            yield Location(str(file), number, 1, number, len(line) + 1, snippet=line)


def _named(here: Kustomization, name: str, body: dict[str, Any]) -> Iterator[tuple[int, dict[str, Any]]]:
    """The items of a field that name the object; prefix, suffix and hash may stand around the name."""
    called = str(_get(body.get("metadata"), "name"))
    for index, item in enumerate(here.items(name) if name else ()):
        if isinstance(item, dict) and item.get("name") and str(item["name"]) in called:
            yield index, item


def _plain(value: object) -> str | None:
    try:
        return base64.b64decode(str(value), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return None


def _list(value: dict[str, Any], key: str) -> list[Any]:
    found = value.get(key)
    return found if isinstance(found, list) else []


def _get(value: Any, key: str | int) -> Any:
    return value.get(key) if isinstance(value, dict) else None
