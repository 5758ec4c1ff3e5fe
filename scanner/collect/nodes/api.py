"""`--nodes=api`: what each kubelet says of its own configuration, through the API server.

The API server passes requests on to kubelets for those alone who may `get` `nodes/proxy`. The narrower
`nodes/configz` (Kubernetes 1.36) counts only at the kubelet itself (pkg/kubelet/server/auth.go).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
from scanner.collect.nodes.placed import roles_by_pods

_FLAGZ_SINCE = 36
"""The minor version since which kubelets show their flags."""
_FLAGZ = ",".join(f"application/json;g=config.k8s.io;v={v};as=Flagz" for v in ("v1beta1", "v1alpha1"))
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
        placed = roles_by_pods(self._resources)
        for node, answer in zip(nodes, answers, strict=True):
            name = node["metadata"]["name"]
            if isinstance(answer, str):
                failed.setdefault(answer, []).append(name)
                continue
            facts = node_facts(node, shared, placed.get(name, ()))
            _add(facts, answer)
            collection.resources.append(Resource(facts, ClusterOrigin(self._connection.name, facts)))
        collection.problems += [_problem(names, why) for why, names in failed.items()]
        return collection

    def _ask(self, node: Mapping[str, Any]) -> _Answer | str:
        """What a node's kubelet says, or why it says nothing."""
        name = str(node["metadata"]["name"])
        path = f"/api/v1/nodes/{quote(name, safe='')}/proxy"
        try:
            configuration = _member(self._connection.get(f"{path}/configz", tries=2), "kubeletconfig")
        except StoppedError:
            raise
        except ApiError as error:
            return str(error).replace(name, "<node>")
        return _Answer(configuration, self._flags(path))

    def _flags(self, path: str) -> dict[str, str]:
        """Every flag of the kubelet; none where it does not show them."""
        if _minor(self._connection.version) < _FLAGZ_SINCE:
            return {}
        try:
            flags = _member(self._connection.get(f"{path}/flagz", _FLAGZ, tries=1), "flags")
        except StoppedError:
            raise
        except ApiError:
            return {}
        return {name: value for name, value in flags.items() if isinstance(value, str)}


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a kubelet says of itself."""

    configuration: dict[str, Any]
    flags: dict[str, str]
    """Every flag with its value, the default where it is not given."""


def _add(facts: dict[str, Any], answer: _Answer) -> None:
    """Add what its kubelet says to what is known of a node."""
    facts["collector"]["mode"] = "api"
    facts["kubelet"] |= {
        "effective": redact.document(answer.configuration),
        "effectiveSource": "configz",
        "unread": [],
    }
    if answer.flags:
        argv = redact.arguments(["kubelet", *(f"--{name}={value}" for name, value in answer.flags.items())])
        others = [each for each in facts["processes"] if each["component"] != "kubelet"]
        own = {"component": "kubelet", "source": "flagz", "argv": argv, "env": {}}
        facts["processes"] = [*others, own]
        facts["kubelet"]["flags"] = {}


def nodes_not_listed(error: ApiError) -> Problem:
    """The problem of a cluster whose Nodes may not be listed."""
    return Problem(
        "nodes-not-listed",
        f"the nodes cannot be listed: {error}",
        remedy="allow the account to list nodes, or scan with --nodes=none",
    )


def _member(body: bytes, name: str) -> dict[str, Any]:
    try:
        held = msgspec.json.decode(body)[name]
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
        remedy="use --nodes=job; or allow `get` on nodes/proxy, whose holder can run commands in every pod",
    )
