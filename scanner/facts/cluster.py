"""What stands for a cluster whose objects come without facts of their collection."""

from __future__ import annotations

from dataclasses import dataclass

from scanner.collect.interface import Location, Path, Resource
from scanner.facts.index import OWN_GROUP


@dataclass(frozen=True, slots=True)
class WholeSource:
    """The origin of what the whole of a source says, and no line of it."""

    uri: str

    def locate(self, path: Path) -> Location:
        """The source."""
        return Location(self.uri, approximate=True)


def stand_in(uri: str) -> Resource:
    """The cluster whose objects are all at `uri`."""
    body = {"apiVersion": f"{OWN_GROUP}/v1", "kind": "ClusterFacts", "metadata": {"name": "cluster"}}
    return Resource(body, WholeSource(uri))
