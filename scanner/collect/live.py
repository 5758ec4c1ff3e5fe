"""Everything of a live cluster: its objects, and what can be learnt of its nodes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, assert_never

from scanner.collect.cluster import ClusterOptions, Connection, LiveCluster, connect
from scanner.collect.discover import discover
from scanner.collect.interface import Collection
from scanner.collect.nodes.best import best_facts
from scanner.errors import UsageError

Progress = Callable[[str, int, int], None]
Nodes = Literal["none", "api", "job"]


@dataclass(frozen=True, slots=True)
class LiveOptions:
    """Which cluster to collect, and how to learn of its nodes."""

    cluster: ClusterOptions
    nodes: Nodes = "none"
    """`none`: what the API's objects tell; `api`: also what kubelets are set to, through the API server;
    `job`: also the nodes' files and processes, by a Job on each.
    """
    job_image: str = ""
    """The image with kubeassay."""
    job_namespace: str = ""
    """Where the Jobs run; a namespace of their own when empty."""
    node_selector: str = ""
    """Labels of the nodes that get a Job; all when empty."""
    node_facts: Sequence[str] = ()
    """Files with NodeFacts that were collected on nodes, or folders of them."""


def collect_live(options: LiveOptions, progress: Progress) -> Collection:
    """Read a cluster. Raises UsageError when it cannot be reached; all else is a Problem."""
    connection = connect(options.cluster)
    try:
        return read_live(connection, options, progress)
    finally:
        connection.close()


def read_live(connection: Connection, options: LiveOptions, progress: Progress) -> Collection:
    """Read a cluster through a connection; what cannot be read is a Problem."""
    collection = LiveCluster(connection, options.cluster, progress).collect()
    match options.nodes:
        case "job":
            from scanner.collect.nodes.interface import JobOptions
            from scanner.collect.nodes.job import JobNodes

            wanted = JobOptions(options.job_image, options.job_namespace, options.node_selector)
            collection.extend(JobNodes(connection, wanted, progress).collect())
        case "api":
            from scanner.collect.nodes.api import ApiNodes

            collection.extend(ApiNodes(connection, collection.resources, progress=progress).collect())
        case "none":
            pass
        case _:
            assert_never(options.nodes)
    from scanner.collect.nodes.agentless import agentless

    collection.extend(_collected_before(options.node_facts))
    collection.resources += agentless(collection.resources)
    collection.resources[:] = best_facts(collection.resources)
    return collection


def _collected_before(paths: Sequence[str]) -> Collection:
    """The NodeFacts in files. Raises UsageError for a path that does not exist or holds none."""
    collection = Collection()
    for source in discover(paths).manifests if paths else ():
        collection.extend(source.collect())
    collection.resources = [r for r in collection.resources if r.kind == "NodeFacts"]
    if paths and not collection.resources and not collection.problems:
        raise UsageError(
            f"no NodeFacts in {', '.join(paths)}", "name what `kubeassay node collect` printed on nodes"
        )
    return collection
