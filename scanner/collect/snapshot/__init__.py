"""A cluster's objects in one file, to be judged later and elsewhere.

write_snapshot(collection, Path("cluster.tar.zst"))
collection = Snapshot(Path("cluster.tar.zst"), "cluster.tar.zst").collect()
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scanner.collect.snapshot.read import Snapshot
    from scanner.collect.snapshot.write import write_snapshot

__all__ = ["Snapshot", "write_snapshot"]

_LAZY = {"Snapshot": "scanner.collect.snapshot.read", "write_snapshot": "scanner.collect.snapshot.write"}


def __getattr__(name: str) -> Any:
    if name in _LAZY:
        from importlib import import_module

        return getattr(import_module(_LAZY[name]), name)
    raise AttributeError(name)
