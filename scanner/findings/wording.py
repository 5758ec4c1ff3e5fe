"""Findings in words: where in an object they are, and of which container."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scanner.collect.interface import Path
from scanner.findings.model import Subject

_KINDS = {
    "containers": "container",
    "initContainers": "init container",
    "ephemeralContainers": "ephemeral container",
    "steps": "container",
    "sidecars": "sidecar",
}
_LONGEST_MESSAGE = 500
_NAMED = ("name", "key", "type")


def in_pods(members: Sequence[Subject], note: str) -> str:
    """Which objects of an owner a fault is in."""
    kind = members[0].kind if members else ""
    names = ", ".join(subject.name for subject in members[:2])
    more = f" and {len(members) - 2} more" if len(members) > 2 else ""
    return f" (in {kind} {names}{more}{note})"


def walk(path: Path, body: Any) -> tuple[str, str]:
    """What a path passes: itself with list items called by their names (so that a reordered list keeps
    its fingerprints), and the container in words.
    """
    parts: list[str] = []
    container = listed = ""
    for key in path:
        if isinstance(key, str):
            body = body.get(key) if isinstance(body, dict) else None
            parts.append(key)
            listed = _KINDS.get(key, "")
            continue
        body = body[key] if isinstance(body, list) and 0 <= key < len(body) else None
        name = next((body[n] for n in _NAMED if body.get(n)), None) if isinstance(body, dict) else body
        parts.append(f"[{name if isinstance(name, str) else key}]")
        if listed and isinstance(body, dict):
            sidecar = listed == "init container" and body.get("restartPolicy") == "Always"
            container = f'{"sidecar" if sidecar else listed} "{body.get("name", key)}"'
            listed = ""
    return ".".join(parts), container


def message_of(template: str, container: str, value: Any) -> str:
    """The words of a rule with the container and the value at fault in their places."""
    if "{" not in template:
        return _short(template)
    shown = str(value)[:80] if isinstance(value, (str, int, float)) else ""
    text = template.replace("{container}", container or "the container").replace("{value}", shown)
    return _short(text[:1].upper() + text[1:] if template.startswith("{container}") else text)


def _short(message: str) -> str:
    return message if len(message) <= _LONGEST_MESSAGE else f"{message[:_LONGEST_MESSAGE]}…"
