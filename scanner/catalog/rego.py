"""What can be told of a Rego module from its text."""

from __future__ import annotations

import re

from scanner.catalog.model import Module

_PACKAGE = re.compile(r"^\s*package\s+([\w.]+)", re.MULTILINE)


def package(text: str) -> str:
    """The name of the module's package, or an empty text."""
    found = _PACKAGE.search(text)
    return found.group(1) if found else ""


def module(uri: str, text: str) -> Module:
    """A module, with the version of the language that it is written in: of before OPA 1.0 when only that
    one takes it.
    """
    try:
        import regorus
    except ImportError:
        return Module(uri, text)
    return Module(uri, text, v0=not _parses(regorus, text, v0=False) and _parses(regorus, text, v0=True))


def _parses(regorus: object, text: str, v0: bool) -> bool:
    engine = regorus.Engine()  # type: ignore[attr-defined]
    engine.set_rego_v0(v0)
    try:
        engine.add_policy("module.rego", text)
    except Exception:  # noqa: BLE001 - the package raises plain exceptions
        return False
    return True
