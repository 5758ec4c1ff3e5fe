"""What the collectors of node facts need of a connection, and what they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from scanner.collect.cluster.interface import Getter

Progress = Callable[[str, int, int], None]
"""Called with a step's name, how many nodes are done, and how many there are."""


class Reader(Getter, Protocol):
    """A connection that reads."""

    name: str
    """What findings call the cluster."""
    version: str
    """The server's `gitVersion`."""


class Writer(Reader, Protocol):
    """A connection that creates and deletes, too."""

    def write(self, method: str, path: str, body: bytes | None = None) -> bytes:
        """POST or DELETE. Raises ApiError."""


@dataclass(frozen=True, slots=True)
class JobOptions:
    """How Jobs collect the facts of nodes."""

    image: str
    """The image that has `kubeassay`."""
    namespace: str = ""
    """An existing namespace for the Jobs; one of their own, removed in the end, if empty."""
    node_selector: str = ""
    """A label selector: only these nodes."""
    parallel: int = 10
    """How many Jobs run at once."""
    timeout: float = 120.0
    """Seconds that one Job may take, pulling its image included."""
    folders: Sequence[str] = ()
    """The host's folders that the Jobs see; those that every distribution needs if empty."""
