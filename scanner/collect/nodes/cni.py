"""The network plugins that a node's container runtime runs."""

from __future__ import annotations

from typing import Any

import msgspec

from scanner.collect.nodes.root import NotRead, Root, escaped
from scanner.collect.nodes.walk import below

_SUFFIXES = (".conf", ".conflist", ".json")


def plugins(root: Root, folder: str, errors: list[str]) -> list[dict[str, str]]:
    """File and type of every plugin; the first file, in the order of names, is the one that is used."""
    found: list[dict[str, str]] = []
    for path, each in below(root, folder, [], depth=1):
        if each.type != "file" or not path.endswith(_SUFFIXES):
            continue
        try:
            document = msgspec.json.decode(root.read(path))
        except NotRead as error:
            errors.append(f"{escaped(path)}: {error}")
            continue
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
            errors.append(f"{escaped(path)}: it is no valid JSON")
            continue
        found += [{"file": escaped(path), "type": name} for name in _types(document)]
    return found


def _types(document: Any) -> list[str]:
    if not isinstance(document, dict):
        return []
    listed = document.get("plugins")
    entries = listed if isinstance(listed, list) else [document]
    return [
        each["type"][:200] for each in entries if isinstance(each, dict) and isinstance(each.get("type"), str)
    ]
