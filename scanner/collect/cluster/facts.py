"""What is known of the collecting itself: the ClusterFacts object, and a problem for what is missing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from scanner import __version__
from scanner.collect.cluster.discovery import Discovered, Kind
from scanner.collect.cluster.lists import Listed
from scanner.collect.cluster.options import ClusterOptions
from scanner.collect.interface import Problem

_SHOWN = 8
"""Kinds that one problem names."""
_REMEDY = {
    "forbidden": "`kubeassay cluster access` prints the missing permissions, as a role to apply",
    "failed": "mend the cause and scan again; `kubeassay cluster access` shows what can be listed",
    "partial": "what depends on the rest is unknown; `kubeassay cluster access` prints missing permissions",
}
_SAYS = {
    "forbidden": "may not be listed",
    "failed": "cannot be read",
    "partial": "could be read only in part",
}


class Server(Protocol):
    """What a connection knows of the other side."""

    name: str
    server: str
    version: str
    account: str


def all_kinds(found: Discovered, listed: Sequence[Listed]) -> list[Listed]:
    """Every kind of the server with what became of it, sorted; a group that is not known as kind `*`."""
    kinds = list(listed)
    kinds += [Listed(kind, "excluded", reason) for kind, reason in found.excluded]
    for lost in found.failed:
        group = Listed(Kind(lost.group, lost.version, "*", "*", False))
        group.fail(lost.error)
        kinds.append(group)
    return sorted(kinds, key=lambda each: (each.kind.group, each.kind.kind, each.kind.resource))


def cluster_facts(
    server: Server, options: ClusterOptions, kinds: Sequence[Listed], collected_at: datetime
) -> dict[str, Any]:
    """The ClusterFacts object."""
    version = re.match(r"v?(\d+\.\d+(?:\.\d+)?)", server.version)
    return {
        "apiVersion": "kubeassay.dev/v1",
        "kind": "ClusterFacts",
        "metadata": {"name": server.name},
        "kubernetesVersion": version[1] if version else "",
        "gitVersion": server.version,
        "server": server.server,
        "collectedAt": collected_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "collector": {"version": __version__, "account": server.account},
        "scope": {
            "namespaces": list(options.namespaces),
            "exceptNamespaces": list(options.except_namespaces),
            "selector": options.selector,
        },
        "kinds": [
            {
                "group": each.kind.group,
                "version": each.kind.version,
                "kind": each.kind.kind,
                "resource": each.kind.resource,
                "namespaced": each.kind.namespaced,
                "status": each.status,
                "reason": each.reason,
                "cause": each.cause,
                "content": each.content,
                "count": len(each.items),
                "resourceVersion": each.resource_version,
            }
            for each in kinds
        ],
    }


def problems(kinds: Sequence[Listed]) -> list[Problem]:
    """One problem for all kinds that are missing for the same cause."""
    groups: dict[tuple[str, str], list[Listed]] = {}
    for each in kinds:
        if each.status in _REMEDY:
            groups.setdefault((each.status, each.cause), []).append(each)
    return [_problem(status, members) for (status, _), members in groups.items()]


def _problem(status: str, members: Sequence[Listed]) -> Problem:
    names = [_name(each.kind) for each in members]
    shown = ", ".join(names[:_SHOWN])
    if len(names) > _SHOWN:
        shown += f" and {len(names) - _SHOWN} more"
    count = f"{len(names)} kinds" if len(names) > 1 else "1 kind"
    if all(each.kind.kind == "*" for each in members):
        count = f"{len(names)} groups" if len(names) > 1 else "1 group"
    return Problem(
        f"cluster-{status}",
        f"{count} {_SAYS[status]}: {shown}: {members[0].reason}",
        remedy=_REMEDY[status],
    )


def _name(kind: Kind) -> str:
    if kind.kind != "*":
        return kind.group_kind
    return "all other groups" if kind.group == "*" else f"every kind of {kind.group or 'the core group'}"
