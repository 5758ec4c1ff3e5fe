"""Finds for live objects their sources in a repository, so that findings point to files and lines.

repository = Repository(discover(paths), options, cwd)
collection = match(live, repository)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scanner.collect.match.matcher import match
    from scanner.collect.match.origin import SourceOrigin
    from scanner.collect.match.repository import Repository

__all__ = ["Repository", "SourceOrigin", "match"]

_LAZY = {
    "Repository": "scanner.collect.match.repository",
    "SourceOrigin": "scanner.collect.match.origin",
    "match": "scanner.collect.match.matcher",
}


def __getattr__(name: str) -> Any:
    if name in _LAZY:
        from importlib import import_module

        return getattr(import_module(_LAZY[name]), name)
    raise AttributeError(name)
