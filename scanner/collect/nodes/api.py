"""`--nodes=api`: what each kubelet says of its own configuration, through the API server."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

import msgspec

from scanner.collect.cluster import workers
from scanner.collect.cluster.errors import ApiError, StoppedError
from scanner.collect.cluster.origin import ClusterOrigin
from scanner.collect.interface import Collection, Problem, Resource
from scanner.collect.nodes import redact
from scanner.collect.nodes.agentless import node_facts
from scanner.collect.nodes.interface import Progress, Reader
from scanner.collect.nodes.nodes import bodies, list_nodes

_CONFIGZ_SINCE = 36
"""The minor version since which `nodes/configz` may be allowed alone, without `nodes/proxy`."""
_SHOWN = 5


class ApiNodes:
    """Asks the kubelet of every node for the configuration that it runs with."""

    def __init__(
        self,
        connection: Reader,
        resources: Sequence[Resource] = (),
        parallel: int = 8,
        progress: Progress = lambda _step, _done, _total: None,
    ) -> None:
        """`resources` may hold the Nodes already; else they are listed."""
        self._connection = connection
        self._resources = resources
        self._parallel = parallel
        self._progress = progress

    def collect(self) -> Collection:
        """NodeFacts of every node whose kubelet answered; a problem for the others."""
        try:
            nodes = bodies(self._resources) or list_nodes(self._connection)
        except StoppedError:
            raise
        except ApiError as error:
            return Collection(problems=[nodes_not_listed(error)])
        answers = workers.run(
            [lambda node=node: self._ask(node) for node in nodes],  # type: ignore[misc]
            self._parallel,
            lambda done: self._progress("asking kubelets", done, len(nodes)),
        )
        collection = Collection()
        failed: dict[str, list[str]] = {}
        shared: dict[tuple[str, bool], list[dict[str, Any]]] = {}
        for node, answer in zip(nodes, answers, strict=True):
            name = node["metadata"]["name"]
            if isinstance(answer, str):
                failed.setdefault(answer, []).append(name)
                continue
            facts = node_facts(node, shared)
            facts["collector"]["mode"] = "api"
            facts["kubelet"] |= {
                "effective": redact.document(answer),
                "effectiveSource": "configz",
                "unread": [],
            }
            collection.resources.append(Resource(facts, ClusterOrigin(self._connection.name, facts)))
        collection.problems += [_problem(names, why) for why, names in failed.items()]
        return collection

    def _ask(self, node: Mapping[str, Any]) -> dict[str, Any] | str:
        """The configuration of a node's kubelet, or why it is not known."""
        path = f"/api/v1/nodes/{quote(str(node['metadata']['name']), safe='')}"
        ways = [f"{path}/configz", f"{path}/proxy/configz"]
        if _minor(self._connection.version) < _CONFIGZ_SINCE:
            ways.reverse()
            ways.pop()
        refused = ""
        for way in ways:
            try:
                return _configuration(self._connection.get(way, tries=2))
            except StoppedError:
                raise
            except ApiError as error:
                refused = refused or str(error).replace(str(node["metadata"]["name"]), "<node>")
        return refused


def nodes_not_listed(error: ApiError) -> Problem:
    """The problem of a cluster whose Nodes may not be listed."""
    return Problem(
        "nodes-not-listed",
        f"the nodes cannot be listed: {error}",
        remedy="allow the account to list nodes, or scan with --nodes=none",
    )


def _configuration(body: bytes) -> dict[str, Any]:
    try:
        held = msgspec.json.decode(body)["kubeletconfig"]
    except (msgspec.DecodeError, KeyError, TypeError) as error:
        raise ApiError(0, "the kubelet's answer is no configuration") from error
    if not isinstance(held, dict):
        raise ApiError(0, "the kubelet's answer is no configuration")
    return held


def _minor(version: str) -> int:
    found = re.match(r"v?\d+\.(\d+)", version)
    return int(found[1]) if found else 0


def _problem(names: Sequence[str], why: str) -> Problem:
    shown = ", ".join(names[:_SHOWN]) + (f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else "")
    return Problem(
        "node-not-collected",
        f"the kubelet's configuration of {len(names)} node{'s' if len(names) > 1 else ''} is not known"
        f" ({shown}): {why}",
        remedy="allow `get` on nodes/configz (Kubernetes 1.36 or newer) or nodes/proxy, or use --nodes=job",
    )
