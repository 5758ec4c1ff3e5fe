"""The contents of files on a component's node, as NodeFacts hold them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scanner.facts.components import Component
from scanner.fields import entries, field, text, values
from scanner.yaml import Limits, read

_LIMITS = Limits(max_bytes=1 << 20, max_documents=10, max_values=10_000, max_alias_expansion=1_000)
"""Far more than any configuration of a component needs."""


@dataclass(frozen=True, slots=True)
class Content:
    """A file's parsed content, or why it is not at hand."""

    body: Mapping[str, Any] | None
    reason: str = ""


_NO_FACTS = "no facts of its node were collected"


def config(component: Component, kind: str, path: str) -> Content:
    """A file of the API server by what it configures: `encryption`, `authentication`, `authorization`,
    `admission` or `auditPolicy`.
    """
    if component.facts is None:
        return Content(None, _NO_FACTS)
    found = field(component.facts.body, "configs", kind)
    if isinstance(found, dict):
        return Content(found)
    return Content(None, _error(component.facts.body, path))


def file_of(component: Component, role: str, path: str) -> Content:
    """A file by its path, else by its role in NodeFacts (`etcd.config`, `scheduler.config`)."""
    if component.facts is None:
        return Content(None, _NO_FACTS)
    files = [file for _, file in entries(component.facts.body, "files")]
    named = [file for file in files if path and text(file, "path") == path]
    for file in named or [file for file in files if text(file, "role") == role]:
        found = parsed(file.get("content"))
        if found is not None:
            return Content(found)
        if text(file, "status") in ("absent", "denied"):
            return Content(None, f"{text(file, 'path')} is {text(file, 'status')}")
    return Content(None, _error(component.facts.body, path))


def parsed(content: object) -> Mapping[str, Any] | None:
    """The mapping that a file holds, as it is or as YAML; None where it holds none, or more than is read."""
    if isinstance(content, dict):
        return content
    if not isinstance(content, str):
        return None
    result = read(content.encode("utf-8", "surrogatepass"), _LIMITS)
    documents = [document.value for document in result.documents if isinstance(document.value, dict)]
    return documents[0] if documents and not result.errors else None


def _error(facts: Mapping[str, Any], path: str) -> str:
    """What went wrong with a file while the facts of its node were collected."""
    for error in values(facts, "collector", "errors"):
        said = error if isinstance(error, str) else text(error, "message")
        if path and path in said:
            return said
    return "the facts of its node do not hold it"
