"""The contents of files on a component's node, as NodeFacts hold them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scanner.facts.components import Component
from scanner.facts.fields import entries, field, mapping, text


@dataclass(frozen=True, slots=True)
class Content:
    """A file's parsed content, or why it is not at hand."""

    body: Mapping[str, Any] | None
    reason: str = ""


_NO_FACTS = "no facts of its node were collected"


def config(component: Component, kind: str) -> Content:
    """A file of the API server by what it configures: `encryption`, `authentication`, `authorization`,
    `admission` or `auditPolicy`.
    """
    if component.facts is None:
        return Content(None, _NO_FACTS)
    found = field(component.facts.body, "configs", kind)
    if isinstance(found, dict):
        return Content(found)
    return Content(None, _errors(component) or "the facts of its node do not hold it")


def file_of(component: Component, role: str, path: str) -> Content:
    """A file by its role in NodeFacts (`etcd.config`, `scheduler.config`), else by its path."""
    if component.facts is None:
        return Content(None, _NO_FACTS)
    for _, file in entries(component.facts.body, "files"):
        if text(file, "role") != role and text(file, "path") != path:
            continue
        status = text(file, "status")
        if status in ("absent", "denied"):
            return Content(None, f"{text(file, 'path')} is {status}")
        parsed = _parsed(file.get("content"))
        if parsed is not None:
            return Content(parsed)
    return Content(None, _errors(component) or "the facts of its node do not hold it")


def _parsed(content: object) -> Mapping[str, Any] | None:
    if isinstance(content, dict):
        return content
    if not isinstance(content, str):
        return None
    import yaml

    try:
        loaded = yaml.safe_load(content)
    except (yaml.YAMLError, RecursionError, ValueError):
        return None
    return loaded if isinstance(loaded, dict) else None


def _errors(component: Component) -> str:
    """What went wrong while the facts of the node were collected."""
    collector = mapping(component.facts.body, "collector") if component.facts else {}
    errors = collector.get("errors")
    first = errors[0] if isinstance(errors, list) and errors else ""
    return first if isinstance(first, str) else text(first, "message")
