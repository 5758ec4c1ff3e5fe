"""What must not leave the node is taken out here, before anything is printed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

REDACTED = "REDACTED"
"""Stands in the place of what was taken out."""

_NAME = re.compile(
    r"(?:^|[-_.])(?:token|passwd|password|passphrase|secret|secret-?key|access-?key|access-key-id|api-?key"
    r"|credentials?|datastore-endpoint)$",
    re.IGNORECASE,
)
_HARMLESS = {"use-service-account-credentials"}
_KEY = re.compile(
    r"(?:token|passw(?:or)?d|passphrase|secret|secretkey|accesskey|apikey|privatekey|credentials?)s?$"
    r"|(?:keydata|key-data|certificatedata|certificate-data|cadata|ca-data|cabundle|certificateauthority"
    r"|certificate-authority|certificateauthoritydata|certificate-authority-data|clientkey)$",
    re.IGNORECASE,
)
_HEADERS = {"staticpodurlheader", "headers", "httpheaders"}
_URL = re.compile(r"(?<=://)[^@\s,\"']*(?=@)")
_DATABASE = re.compile(r"^[^:/@\s]+:[^@\s]*@(?=\w*\()")
_PEM = re.compile(r"-----BEGIN [A-Z ]+-----.*?(?:-----END [A-Z ]+-----|\Z)", re.DOTALL)


def arguments(argv: Sequence[str]) -> list[str]:
    """A command line without secrets: `--token X`, `--token=X`, and X in `--some-arg=token=X`."""
    result: list[str] = []
    hide = False
    for argument in argv:
        if hide and not argument.startswith("--"):
            result.append(REDACTED)
            hide = False
            continue
        name, equals, _ = argument.partition("=")
        hide = not equals and (_secret(name) or name == "-t") and argument.startswith("-")
        result.append(argument if hide else _argument(argument))
    return result


def environment(name: str, value: str) -> str:
    """The value of an environment variable, without secrets."""
    return REDACTED if _secret(name.lower().replace("_", "-")) else text(value)


def text(value: str) -> str:
    """A text without the credentials of URLs, and without keys and certificates in PEM."""
    return _PEM.sub(REDACTED, _DATABASE.sub(REDACTED + "@", _URL.sub(REDACTED, value)))


def document(value: Any) -> Any:
    """A parsed configuration without secrets: certificates, keys, tokens, passwords, headers."""
    if isinstance(value, dict):
        return {key: _member(key, held) for key, held in value.items()}
    if isinstance(value, list):
        return [document(held) for held in value]
    return text(value) if isinstance(value, str) else value


def encryption(value: Any) -> Any:
    """An EncryptionConfiguration of which only what is known to be no secret is left."""
    if not isinstance(value, dict):
        return value
    kept = {key: value[key] for key in ("apiVersion", "kind") if isinstance(value.get(key), str)}
    resources = value.get("resources")
    return {
        **kept,
        "resources": [_resource(each) for each in resources] if isinstance(resources, list) else [],
    }


def _resource(value: Any) -> Any:
    if not isinstance(value, dict):
        return REDACTED
    names, providers = value.get("resources"), value.get("providers")
    return {
        "resources": [each for each in names if isinstance(each, str)] if isinstance(names, list) else [],
        "providers": [_provider(each) for each in providers] if isinstance(providers, list) else [],
    }


def _provider(value: Any) -> Any:
    if not isinstance(value, dict):
        return REDACTED
    return {name: _settings(held) for name, held in value.items()}


def _settings(value: Any) -> Any:
    if not isinstance(value, dict):
        return {}
    kept = {
        key: text(held) if isinstance(held, str) else held
        for key, held in value.items()
        if key in ("apiVersion", "name", "endpoint", "cachesize", "timeout")
        and not isinstance(held, (dict, list))
    }
    keys = value.get("keys")
    if isinstance(keys, list):
        kept["keys"] = [
            {"name": each.get("name") if isinstance(each, dict) else None, "secret": REDACTED}
            for each in keys
        ]
    return kept


def _argument(argument: str) -> str:
    name, equals, value = argument.partition("=")
    if not equals:
        return text(argument)
    return f"{name}={REDACTED}" if _secret(name) else f"{name}={_argument(value)}"


def _secret(name: str) -> bool:
    bare = name.lstrip("-").lower().replace("_", "-")
    return bare not in _HARMLESS and _NAME.search(bare) is not None


def _member(key: str, value: Any) -> Any:
    if key.lower() in _HEADERS:
        return dict.fromkeys(value, REDACTED) if isinstance(value, dict) else REDACTED
    if _KEY.search(key) and value and not isinstance(value, (bool, int, float)):
        return document(value) if isinstance(value, dict) else REDACTED
    return document(value)
