"""Configuration files of a node, parsed; a broken one is an error with its line, never an exception."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scanner.collect.nodes.root import NotRead, Root, escaped
from scanner.text import one_line
from scanner.yaml import Limits, read

_LIMITS = Limits(max_bytes=1 << 20, max_documents=100, max_values=100_000, max_alias_expansion=10_000)


def documents(root: Root, path: str, errors: list[str]) -> list[Any]:
    """The documents of a YAML or JSON file; what is wrong with it goes to `errors`."""
    try:
        content = root.read(path)
    except NotRead as error:
        errors.append(f"{escaped(path)}: {error}")
        return []
    result = read(content, _LIMITS)
    for fault in result.errors:
        line = f":{fault.line}" if fault.line else ""
        # what a reader says of a text may quote it, and this text may hold a secret
        errors.append(f"{escaped(path)}{line}: it is not valid YAML{_kind(fault.message)}")
    return [document.value for document in result.documents]


def mapping(root: Root, path: str, errors: list[str]) -> dict[str, Any] | None:
    """The first document of a file; None, with an error, if there is none or it is no mapping."""
    before = len(errors)
    found = documents(root, path, errors)
    if found and isinstance(found[0], dict):
        return found[0]
    if len(errors) == before:
        errors.append(f"{escaped(path)}: it holds no mapping")
    return None


def kind(
    root: Root, path: str, groups: Sequence[str], kinds: Sequence[str], errors: list[str]
) -> dict[str, Any] | None:
    """A configuration of one of the kinds in one of the API groups; None, with an error, for anything else.

    A process may name any file as its configuration, so nothing of a file of another kind is passed on.
    """
    value = mapping(root, path, errors)
    if value is None:
        return None
    version = value.get("apiVersion")
    if value.get("kind") in kinds and isinstance(version, str) and version.rpartition("/")[0] in groups:
        return value
    errors.append(f"{escaped(path)}: it is no {kinds[0]} of {groups[0]}")
    return None


def _kind(message: str) -> str:
    known = ("duplicate key", "too deep", "aliases", "UTF-8", "control character", "binary data")
    return next((f" ({one_line(word)})" for word in known if word in message), "")
