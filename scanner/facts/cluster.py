"""The cluster as a whole: its version, and what stands for it where its objects come without facts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from scanner.collect.interface import Location, Path, Resource
from scanner.facts.index import OWN_GROUP, Index
from scanner.fields import text

_VERSION = re.compile(r"v?1\.(\d+)")


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


def minor_of(index: Index) -> int | None:
    """The minor version of the API server that the objects are from; None where nothing tells."""
    told = text(index.cluster.body, "kubernetesVersion") if index.cluster else ""
    found = _VERSION.match(told)
    return int(found.group(1)) if found else None
