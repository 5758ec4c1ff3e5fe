"""What the imitation of an API server says that it serves: aggregated (v2, v2beta1) and classic discovery."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import groupby
from typing import Any

from tests.fakes.kube_store import Kind

Object = dict[str, Any]


def aggregated(kinds: Iterable[Kind], core: bool, version: str, down: Collection[str]) -> Object:
    """The answer of `/api` (core) or `/apis` to a client that asks for everything at once.

    A group and version that is down is there with no resources and marked as stale, as a server says it
    of an aggregated API that does not answer.
    """
    items: list[Object] = []
    for group, versions in _groups(kinds, core):
        items.append(
            {
                "metadata": {"name": group, "creationTimestamp": None} if group else {},
                "versions": [
                    {"version": name, "freshness": "Stale", "resources": []}
                    if f"{group}/{name}" in down
                    else {
                        "version": name,
                        "freshness": "Current",
                        "resources": [_aggregated_resource(k) for k in of_version],
                    }
                    for name, of_version in versions.items()
                ],
            }
        )
    return {
        "kind": "APIGroupDiscoveryList",
        "apiVersion": f"apidiscovery.k8s.io/{version}",
        "metadata": {},
        "items": items,
    }


def _aggregated_resource(kind: Kind) -> Object:
    response = {"group": kind.group, "version": kind.version, "kind": kind.kind}
    return {
        "resource": kind.resource,
        "responseKind": response,
        "scope": "Namespaced" if kind.namespaced else "Cluster",
        "singularResource": kind.kind.lower(),
        "verbs": list(kind.verbs),
    } | (
        {
            "subresources": [
                {"subresource": name, "responseKind": response, "verbs": ["get", "patch", "update"]}
                for name in kind.subresources
            ]
        }
        if kind.subresources
        else {}
    )


def api_versions(server: str) -> Object:
    """The classic answer of `/api`."""
    return {
        "kind": "APIVersions",
        "versions": ["v1"],
        "serverAddressByClientCIDRs": [{"clientCIDR": "0.0.0.0/0", "serverAddress": server}],
    }


def group_list(kinds: Iterable[Kind]) -> Object:
    """The classic answer of `/apis`: a group that is down is listed all the same."""
    groups = []
    for group, versions in _groups(kinds, core=False):
        served = [{"groupVersion": f"{group}/{name}", "version": name} for name in versions]
        groups.append({"name": group, "versions": served, "preferredVersion": served[0]})
    return {"kind": "APIGroupList", "apiVersion": "v1", "groups": groups}


def resource_list(kinds: Iterable[Kind], group_version: str) -> Object | None:
    """The classic answer of `/api/v1` and `/apis/<group>/<version>`; None where nothing is served."""
    resources: list[Object] = []
    for kind in kinds:
        if kind.group_version == group_version:
            of_all = {"singularName": kind.kind.lower(), "namespaced": kind.namespaced, "kind": kind.kind}
            resources.append({"name": kind.resource, "verbs": list(kind.verbs)} | of_all)
            for name in kind.subresources:
                verbs = ["get", "patch", "update"]
                resources.append({"name": f"{kind.resource}/{name}", "verbs": verbs} | of_all)
    if not resources:
        return None
    return {
        "kind": "APIResourceList",
        "apiVersion": "v1",
        "groupVersion": group_version,
        "resources": resources,
    }


def _groups(kinds: Iterable[Kind], core: bool) -> Iterator[tuple[str, dict[str, list[Kind]]]]:
    """Groups with their versions, the preferred one first."""
    chosen = sorted((k for k in kinds if (k.group == "") == core), key=lambda k: k.group)
    for group, of_group in groupby(chosen, key=lambda k: k.group):
        versions: dict[str, list[Kind]] = {}
        for kind in of_group:
            versions.setdefault(kind.version, []).append(kind)
        yield group, versions
