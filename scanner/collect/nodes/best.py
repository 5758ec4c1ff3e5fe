"""Several accounts of one node, as of a collector on its host and of its kubelet: one is made of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from scanner.collect.interface import Resource

_KIND = "NodeFacts.kubeassay.dev"
_RANK = {"none": 0, "api": 1}
"""How much is known by each way of collecting; what ran on the host knows most."""


def best_facts(resources: Iterable[Resource]) -> list[Resource]:
    """The objects, with one NodeFacts for each node: the best, with what its kubelet said of itself."""
    out: list[Resource] = []
    found: dict[str, list[Resource]] = {}
    for resource in resources:
        if resource.group_kind == _KIND:
            found.setdefault(resource.name, []).append(resource)
        else:
            out.append(resource)
    out.extend(_joined(sorted(each, key=_rank)) for each in found.values())
    return out


def _rank(resource: Resource) -> int:
    collector = resource.body.get("collector")
    mode = collector.get("mode") if isinstance(collector, dict) else None
    return -_RANK.get(mode, 2) if isinstance(mode, str) else 0


def _joined(accounts: list[Resource]) -> Resource:
    first = accounts[0]
    if _said(first) is None:
        for other in accounts[1:]:
            if (effective := _said(other)) is not None:
                own = first.body.get("kubelet")
                kubelet = {**(own if isinstance(own, dict) else {}), "effective": effective}
                kubelet["effectiveSource"] = "configz"
                return Resource({**first.body, "kubelet": kubelet}, first.origin)
    return first


def _said(resource: Resource) -> Any:
    """What the kubelet reports itself; None where it was not asked."""
    kubelet = resource.body.get("kubelet")
    if isinstance(kubelet, dict) and kubelet.get("effectiveSource") == "configz":
        return kubelet.get("effective")
    return None
