"""Who runs the cluster, and which of its parts that leaves to look at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from scanner.facts.index import NODE_FACTS, Index
from scanner.facts.subject import Subject

_IN_PODS = ("kube-apiserver", "kube-controller-manager", "kube-scheduler", "etcd")


_HOW = "collect them with `kubeassay node collect` on each node, or scan with --nodes=job"


def why_not_seen(
    _index: Index, part: str, seen: Sequence[Subject]
) -> tuple[Literal["", "unknown", "not_applicable"], str]:
    """What to say of a part of Kubernetes (a component, or `NodeFacts`) beyond those that were `seen`.

    Nothing (an empty status) when all were seen; `not_applicable` when there is none to see, as where a
    provider runs the control plane; else `unknown`. With the reason, and how to learn more.
    """
    if seen:
        return "", ""
    if part == NODE_FACTS:
        return "unknown", f"No facts of any node's host are at hand: {_HOW}"
    where = "pods of kube-system or facts of a node" if part in _IN_PODS else "facts of a node"
    return "unknown", f"No {part or 'component'} was found in {where}: {_HOW}"
