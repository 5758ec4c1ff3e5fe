"""What may be shown of a live object: no values of Secrets, nothing that looks like a credential."""

from __future__ import annotations

import re
from typing import Any

from scanner.collect.cluster.slim import LAST_APPLIED, REDACTED

_HIDDEN_METADATA = frozenset(
    {"managedFields", "uid", "resourceVersion", "creationTimestamp", "generation", "selfLink"}
)
_NAME = re.compile(
    r"(?i)(?:^|[^a-z])(?:pass(?:word|wd|phrase)?|pwd|secret|token|credentials?|auth)(?:$|[^a-z])"
    r"|password|passphrase|(?:api|access|private|secret|signing|encryption|account)[-_]?key|secret[-_]?(?:id|value)"
    r"|client[-_]?secret|connection[-_]?string|[a-z]Token$|[a-z]Secret$"
)
_VALUE = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----|://[^/\s:@]+:[^/\s@]+@|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{30,}"
    r"|\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]+|\bxox[abprs]-[\w-]{10,}|\bglpat-[\w-]{20}|\bsk_live_\w{16,}"
    r"|\bAIza[\w-]{35}"
)
_WORDS = r"(?:password|passwd|passphrase|secret|token|(?:api|access|account|private|signing)[-_]?key)"
_FLAG = re.compile(rf"(?i)(?<![\w-])(--?[\w-]*{_WORDS})(=|\s+)(?!-)(\S+)")
_ASSIGNED = re.compile(
    rf"(?i)({_WORDS}[\"']?[ \t]*[:=][ \t]*)([\"']?)(?!(?:true|false|null|{REDACTED})\b)([^\s\"';,&{{}}\[\]]+)"
)
"""A setting in a text, such as a line of a configuration file."""
_REFERENCES = frozenset(
    {"secretName", "secretKeyRef", "secretRef", "tokenSecretRef", "automountServiceAccountToken", "secrets"}
)


def shown(body: dict[str, Any]) -> dict[str, Any]:
    """A copy of an object for people, with sorted fields: without status and what the server keeps for
    itself, credentials replaced."""
    copy: dict[str, Any] = {name: body[name] for name in ("apiVersion", "kind") if name in body}
    metadata = body.get("metadata")
    if isinstance(metadata, dict):
        kept = {name: value for name, value in metadata.items() if name not in _HIDDEN_METADATA}
        copy["metadata"] = _redacted(kept)
    secret = body.get("kind") == "Secret"
    for name in sorted(body.keys() - copy.keys() - {"metadata", "status"}, key=str):
        value = body[name]
        if secret and name in ("data", "stringData") and isinstance(value, dict):
            copy[name] = dict.fromkeys(sorted(value, key=str), REDACTED)
        else:
            copy[name] = _redacted(value)
    return copy


def _redacted(value: Any) -> Any:
    """A sorted copy with credentials replaced: by the name of a field or a variable, or by their look."""
    if isinstance(value, dict):
        named = value.get("name")
        hides = isinstance(named, str) and bool(_NAME.search(named))
        return {
            name: REDACTED if _is_hidden(name, value[name], hides) else _redacted(value[name])
            for name in sorted(value, key=str)
        }
    if isinstance(value, list):
        return _list(value)
    if isinstance(value, str):
        if _VALUE.search(value):
            return REDACTED
        return _ASSIGNED.sub(rf"\1\2{REDACTED}", _FLAG.sub(rf"\1\2{REDACTED}", value))
    return value


def _list(values: list[Any]) -> list[Any]:
    """A list; after a flag such as `--password` the next item is its value."""
    out: list[Any] = []
    for value in values:
        before = out[-1] if out else None
        if (
            isinstance(value, str)
            and not value.startswith("-")
            and isinstance(before, str)
            and _is_flag(before)
        ):
            out.append(REDACTED)
        else:
            out.append(_redacted(value))
    return out


def _is_flag(text: str) -> bool:
    return text.startswith("-") and bool(_FLAG.fullmatch(f"{text}=x"))


def _is_hidden(name: Any, value: Any, variable: bool) -> bool:
    if not isinstance(value, str) or not value or value == REDACTED or not isinstance(name, str):
        return False
    if name == LAST_APPLIED:
        return True
    if name == "value":
        return variable
    return name not in _REFERENCES and bool(_NAME.search(name)) and not name.endswith(("Name", "Ref", "Path"))
