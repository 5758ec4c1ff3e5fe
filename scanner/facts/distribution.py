"""Which distribution or provider a cluster is of, and which version of Kubernetes it runs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from scanner.collect.interface import Resource
from scanner.facts.fields import mapping, text
from scanner.facts.index import CLUSTER_FACTS, NODE_FACTS, Index
from scanner.facts.subject import once

_BUILDS = (("+k3s", "k3s"), ("+rke2", "rke2"), ("-eks-", "eks"), ("-gke.", "gke"))
"""Parts of a version as the server or a kubelet says it → who built it."""
_LABELS = (
    ("eks.amazonaws.com/", "eks"),
    ("cloud.google.com/gke-", "gke"),
    ("kubernetes.azure.com/", "aks"),
    ("node.openshift.io/", "openshift"),
    ("k3s.io/", "k3s"),
    ("rke2.io/", "rke2"),
)
"""Beginnings of nodes' labels and annotations → who sets them."""
_KNOWN = frozenset(distribution for _, distribution in (*_BUILDS, *_LABELS))
_OPENSHIFT = "ClusterVersion.config.openshift.io"
_VERSION = re.compile(r"v?1\.(\d+)")


@once
def distribution(index: Index) -> str:
    """`eks`, `gke`, `aks`, `openshift`, `rke2`, `k3s` or `kubeadm`; empty where nothing tells."""
    if index.by_kind.get(_OPENSHIFT):
        return "openshift"
    for facts in index.by_kind.get(CLUSTER_FACTS, ()):
        told = _of_build(text(facts.body, "gitVersion"))
        if told:
            return told
    counted = Counter(told for node in index.by_kind.get("Node", ()) for told in _of_node(node))
    counted.update(
        told
        for facts in index.by_kind.get(NODE_FACTS, ())
        if (told := text(facts.body, "distribution")) in _KNOWN | {"kubeadm"}
    )
    return max(counted, key=counted.__getitem__, default="")


def cluster_minor(index: Index) -> int | None:
    """The minor version of the API server of which these objects are; None where nothing tells."""
    for facts in index.by_kind.get(CLUSTER_FACTS, ()):
        found = _VERSION.match(text(facts.body, "kubernetesVersion"))
        if found:
            return int(found.group(1))
    return None


def _of_build(version: str) -> str:
    return next((name for part, name in _BUILDS if part in version), "")


def _of_node(node: Resource) -> Iterator[str]:
    told = _of_build(text(node.body, "status", "nodeInfo", "kubeletVersion"))
    marks = [*mapping(node.body, "metadata", "labels"), *mapping(node.body, "metadata", "annotations")]
    told = told or next((name for start, name in _LABELS if any(m.startswith(start) for m in marks)), "")
    if not told and any(mark.startswith("kubeadm.alpha.kubernetes.io/") for mark in marks):
        told = "kubeadm"
    if told:
        yield told
