"""etcd's configuration file. With one, etcd reads neither flags nor environment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scanner.collect.nodes import redact
from scanner.collect.nodes.documents import mapping
from scanner.collect.nodes.root import Root

_SECTIONS = ("client-transport-security", "peer-transport-security")
_KEYS = {
    "name",
    "data-dir",
    "wal-dir",
    "listen-client-urls",
    "listen-peer-urls",
    "listen-metrics-urls",
    "advertise-client-urls",
    "initial-advertise-peer-urls",
    "strict-reconfig-check",
    "enable-v2",
    "cipher-suites",
    "tls-min-version",
    "tls-max-version",
    "log-level",
    "self-signed-cert-validity",
    "feature-gates",
}
_SECTION_KEYS = {
    "cert-file",
    "key-file",
    "client-cert-file",
    "client-key-file",
    "client-cert-auth",
    "trusted-ca-file",
    "auto-tls",
    "allowed-cn",
    "allowed-hostname",
    "skip-client-san-verification",
}


def read(root: Root, path: str, errors: list[str]) -> dict[str, Any] | None:
    """The settings in the file that are known to be no secret; None, with an error, if it cannot be read.

    The file does not say of what kind it is, so nothing else of it is passed on.
    """
    document = mapping(root, path, errors)
    if document is None:
        return None
    kept = {key: value for key, value in document.items() if key in _KEYS and _is_plain(value)}
    for section in _SECTIONS:
        held = document.get(section)
        if isinstance(held, dict):
            kept[section] = {k: v for k, v in held.items() if k in _SECTION_KEYS and _is_plain(v)}
    shown: dict[str, Any] = redact.document(kept)
    return shown


def as_flags(document: dict[str, Any]) -> dict[str, str]:
    """The settings as the flags that mean the same."""
    found: dict[str, str] = {}
    for key, value in document.items():
        if key == "client-transport-security":
            found |= {name: _text(held) for name, held in value.items()}
        elif key == "peer-transport-security":
            found |= {f"peer-{name}": _text(held) for name, held in value.items()}
        else:
            found[key] = _text(value)
    return found


def from_environment(variables: Mapping[str, str]) -> dict[str, str]:
    """The flags that mean the same as variables."""
    return {
        name.removeprefix("ETCD_").lower().replace("_", "-"): value
        for name, value in variables.items()
        if name.startswith("ETCD_")
    }


def _is_plain(value: Any) -> bool:
    return isinstance(value, (str, int, float))


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
