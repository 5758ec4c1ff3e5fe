"""The last look at objects before they are saved: values of Secrets are in none of them.

They are redacted when they are collected; what comes by another way is redacted here.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec

LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration"
REDACTED = "REDACTED"
_KEPT_OF_SECRET = ("apiVersion", "kind", "metadata", "type", "immutable")
_DATA = ("data", "stringData")
_HINTS = (b'"Secret"', LAST_APPLIED.encode())
_NODE_FACTS = b'"NodeFacts"'
_KEY = re.compile(r"-----BEGIN ([A-Z ]*)PRIVATE KEY-----.*?(?:-----END \1PRIVATE KEY-----|\Z)", re.DOTALL)
_FIELDS = frozenset({"secret", "token", "password", "passphrase", "client-key-data", "clientKeyData"})
"""Fields of kubeconfigs, encryption configurations and the like that hold a secret itself, not its place."""
_LINE = re.compile(rf"(?m)^(\s*(?:-\s+)?[\"']?(?:{'|'.join(sorted(_FIELDS))})[\"']?\s*:\s*)(?![\s|>])(\S.*)$")
_GONE = re.compile(r"[\"'<\[]?(?i:redacted)[\"'>\]]?\s*(?:#.*)?")
_FLAG = re.compile(r"(--(?:bootstrap-)?(?:token|password|secret)=).+", re.DOTALL)


def is_suspect(line: bytes) -> bool:
    """Whether an object, as JSON, is worth a look: nearly none is."""
    return any(hint in line for hint in _HINTS) or _NODE_FACTS in line


def without_secrets(body: dict[str, Any]) -> dict[str, Any]:
    """The object without values of Secrets and keys; the same one if it has none."""
    if body.get("kind") == "NodeFacts":
        return _of_node(body)  # type: ignore[no-any-return]
    return _without(body)  # type: ignore[no-any-return]


def _without(value: Any) -> Any:
    """A value whose Secrets, at any depth, are only named, and whose applied configurations are gone."""
    if isinstance(value, list):
        return _same_or(value, [_without(item) for item in value])
    if not isinstance(value, dict):
        return value
    found = {key: _without(item) for key, item in value.items()}
    is_secret = value.get("kind") == "Secret" and value.get("apiVersion", "v1") == "v1"
    if is_secret and "metadata" in value:
        found = {key: found[key] for key in _KEPT_OF_SECRET if key in found}
    elif is_secret:
        found |= {key: _hidden(found[key]) for key in _DATA if key in found}
    if LAST_APPLIED in found:
        found[LAST_APPLIED] = _version_alone(found[LAST_APPLIED])
    return _same_or(value, found)


def _same_or(old: Any, new: Any) -> Any:
    return old if old == new else new


def _hidden(data: Any) -> Any:
    return dict.fromkeys(data, REDACTED) if isinstance(data, dict) else REDACTED


def _version_alone(applied: Any) -> Any:
    """What was applied, but nothing of it than which version of which kind it was."""
    if applied in (REDACTED, ""):
        return applied
    try:
        body = msgspec.json.decode(applied)
        kept = {key: body[key] for key in ("apiVersion", "kind") if isinstance(body.get(key), str)}
    except (msgspec.DecodeError, TypeError, AttributeError):
        return ""
    return REDACTED if kept.get("kind") == "Secret" else msgspec.json.encode(kept).decode()


def _of_node(value: Any, key: str = "") -> Any:
    if isinstance(value, dict):
        return _same_or(value, {name: _of_node(item, str(name)) for name, item in value.items()})
    if isinstance(value, list):
        return _same_or(value, [_of_node(item, "") for item in value])
    if not isinstance(value, str) or not value:
        return value
    if key in _FIELDS:
        return value if _GONE.fullmatch(value) else REDACTED
    text = _KEY.sub(REDACTED, value)
    text = _FLAG.sub(rf"\1{REDACTED}", text) if text.startswith("--") else text
    return _LINE.sub(_hidden_line, text) if "\n" in text else text


def _hidden_line(line: re.Match[str]) -> str:
    return line[0] if _GONE.fullmatch(line[2]) else f"{line[1]}{REDACTED}"
