"""A live cluster as a source: what its API server lists, read and nothing written.

connection = connect(ClusterOptions(context="prod"))
collection = LiveCluster(connection, ClusterOptions(context="prod")).collect()
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scanner.collect.cluster.options import ClusterOptions

if TYPE_CHECKING:
    from scanner.collect.cluster.client import Connection
    from scanner.collect.cluster.source import LiveCluster

__all__ = ["ClusterOptions", "Connection", "LiveCluster", "connect"]

_LAZY = {"Connection": "scanner.collect.cluster.client", "LiveCluster": "scanner.collect.cluster.source"}


def connect(options: ClusterOptions) -> Connection:
    """Reach the API server and log in.

    Raises UsageError, within seconds, when that cannot be done.
    """
    from scanner.collect.cluster.reach import reach

    return reach(options)


def __getattr__(name: str) -> Any:
    if name in _LAZY:
        from importlib import import_module

        return getattr(import_module(_LAZY[name]), name)
    raise AttributeError(name)
