"""Who made a cluster is told by its versions, nodes and objects."""

from __future__ import annotations

from typing import Any

import pytest

from scanner.collect.interface import Resource
from scanner.facts.distribution import cluster_minor, distribution
from scanner.facts.index import Index
from tests.facts.objects import Nowhere


def node(version: str = "", **metadata: Any) -> dict[str, Any]:
    return {
        "apiVersion": "v1",
        "kind": "Node",
        "metadata": {"name": "n", **metadata},
        "status": {"nodeInfo": {"kubeletVersion": version}},
    }


def own(kind: str, **members: Any) -> dict[str, Any]:
    return {"apiVersion": "kubeassay.dev/v1", "kind": kind, "metadata": {"name": "c"}, **members}


CASES = {
    "k3s by its kubelet": (node("v1.34.1+k3s1"), "k3s"),
    "rke2 by its server": (own("ClusterFacts", gitVersion="v1.34.1+rke2r1"), "rke2"),
    "eks by its kubelet": (node("v1.33.0-eks-1a2b3c4"), "eks"),
    "gke by its kubelet": (node("v1.33.2-gke.700"), "gke"),
    "gke by a label": (node(labels={"cloud.google.com/gke-nodepool": "a"}), "gke"),
    "aks by a label": (node("v1.33.0", labels={"kubernetes.azure.com/cluster": "a"}), "aks"),
    "openshift by a label": (node(labels={"node.openshift.io/os_id": "rhel"}), "openshift"),
    "openshift by its version": (
        {"apiVersion": "config.openshift.io/v1", "kind": "ClusterVersion", "metadata": {"name": "version"}},
        "openshift",
    ),
    "k3s by an annotation": (node(annotations={"k3s.io/node-args": "[]"}), "k3s"),
    "kubeadm by an annotation": (
        node("v1.34.1", annotations={"kubeadm.alpha.kubernetes.io/cri-socket": "unix:///run/x"}),
        "kubeadm",
    ),
    "kubeadm by facts of a node": (own("NodeFacts", distribution="kubeadm"), "kubeadm"),
    "facts that name something else": (own("NodeFacts", distribution="my own"), ""),
    "a node that tells nothing": (node("v1.34.1", labels={"team": "eks.amazonaws.com"}), ""),
    "labels that are none": (node(labels=["k3s.io/x"]), ""),
    "a version that is none": (own("ClusterFacts", gitVersion=7), ""),
}


@pytest.mark.parametrize(("body", "told"), CASES.values(), ids=CASES)
def test_distribution(body: dict[str, Any], told: str) -> None:
    assert distribution(Index([Resource(body, Nowhere())], snapshot=True)) == told


def test_of_several_nodes_the_most_tell() -> None:
    nodes = [node("v1.33.0-eks-1"), node("v1.33.0-eks-1"), node("v1.33.0+k3s1")]
    assert distribution(Index([Resource(body, Nowhere()) for body in nodes], snapshot=True)) == "eks"


@pytest.mark.parametrize(
    ("said", "minor"), [("1.34.1", 34), ("v1.9", 9), ("", None), (1.34, None), ("2.0", None)]
)
def test_the_version_of_the_server(said: Any, minor: int | None) -> None:
    body = own("ClusterFacts", kubernetesVersion=said)
    assert cluster_minor(Index([Resource(body, Nowhere())], snapshot=True)) == minor


def test_without_facts_of_the_cluster_its_version_is_not_known() -> None:
    assert cluster_minor(Index([Resource(node("v1.34.1"), Nowhere())], snapshot=True)) is None
