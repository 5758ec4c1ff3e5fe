"""What the scanner collects of a cluster, as tests ask for it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from scanner.collect.cluster import ClusterOptions, LiveCluster, connect

Object = dict[str, Any]


class Scanned:
    """A cluster as it was collected."""

    def __init__(self, kubeconfig: Path, **options: Any) -> None:
        chosen = ClusterOptions(kubeconfig=str(kubeconfig), **options)
        connection = connect(chosen)
        try:
            self.collection = LiveCluster(connection, chosen).collect()
        finally:
            connection.close()
        self.facts: Object = self.collection.resources[0].body
        self.kinds: dict[str, Object] = {
            f"{kind['resource']}.{kind['group']}".rstrip("."): kind for kind in self.facts["kinds"]
        }
        """What became of each kind, by `resource.group`."""

    def objects(self, kind: str) -> dict[str, Object]:
        """The objects of a kind, by `namespace/name`."""
        found = {}
        for resource in self.collection.resources[1:]:
            if resource.body["kind"] == kind:
                name = key(resource.body)
                assert name not in found, f"{kind} {name} was collected twice"
                found[name] = resource.body
        return found

    def status(self, resource: str) -> tuple[str, str]:
        """Status and reason of a kind."""
        return self.kinds[resource]["status"], self.kinds[resource]["reason"]


def key(obj: Object) -> str:
    """`namespace/name` of an object."""
    return f"{obj['metadata'].get('namespace', '')}/{obj['metadata']['name']}"
