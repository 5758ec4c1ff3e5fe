"""Fills a cluster: nodes, and pods that belong to ReplicaSets that belong to Deployments.

The API server itself does to them what it does in real life: it sets defaults, and its admission adds
tokens' volumes and tolerations to pods. What controllers would do, is done here.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import Any

import yaml

from tests.bench.generate import deployments
from tests.e2e.cluster.client import Client
from tests.e2e.cluster.harness import Cluster, arguments

Object = dict[str, Any]
LETTERS = "bcdfghjklmnpqrstvwxz2456789"
"""Of which Kubernetes makes random names."""


def populate(client: Client, workloads: int, pods: int, nodes: int) -> None:
    """Create nodes, Deployments as bench/generate.py has them, a ReplicaSet for each, and pods of them all.

    With no pods, there are no ReplicaSets either.
    """
    choose = random.Random(11)
    wanted = [yaml.load(text, Loader=yaml.CSafeLoader) for text in deployments(workloads)]
    names = sorted({d["metadata"]["namespace"] for d in wanted})
    client.create_all({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": n}} for n in names)
    client.create_all(_account("default", name) for name in names)
    client.create_all(_account(d["metadata"]["name"], d["metadata"]["namespace"]) for d in wanted)
    client.create_all(node(f"node-{n}") for n in range(nodes))
    share, extra = divmod(pods, workloads)
    for index, deployment in enumerate(wanted):
        deployment["spec"]["replicas"] = share + (index < extra)
        deployment["metadata"]["annotations"] = {"deployment.kubernetes.io/revision": "1"}
    made = client.create_all(wanted)
    if pods:
        sets = client.create_all([_replica_set(d, _suffix(choose, 10)) for d in made])
        client.create_all(_pods(sets, nodes, choose))


def _account(name: str, namespace: str) -> Object:
    return {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": name, "namespace": namespace}}


def node(name: str) -> Object:
    """A node that kwok keeps alive."""
    return {
        "apiVersion": "v1",
        "kind": "Node",
        "metadata": {
            "name": name,
            "annotations": {"kwok.x-k8s.io/node": "fake", "node.alpha.kubernetes.io/ttl": "0"},
            "labels": {
                "kubernetes.io/arch": "amd64",
                "kubernetes.io/hostname": name,
                "kubernetes.io/os": "linux",
            },
        },
        "status": {
            "allocatable": {"cpu": "32", "memory": "256Gi", "pods": "1000"},
            "capacity": {"cpu": "32", "memory": "256Gi", "pods": "1000"},
        },
    }


def _replica_set(deployment: Object, suffix: str) -> Object:
    """What the Deployment controller makes of a Deployment that the API server returned."""
    metadata, spec = deployment["metadata"], deployment["spec"]
    template = _labelled(spec["template"], suffix)
    return {
        "apiVersion": "apps/v1",
        "kind": "ReplicaSet",
        "metadata": {
            "name": f"{metadata['name']}-{suffix}",
            "namespace": metadata["namespace"],
            "labels": template["metadata"]["labels"],
            "annotations": {
                "deployment.kubernetes.io/desired-replicas": str(spec["replicas"]),
                "deployment.kubernetes.io/max-replicas": str(spec["replicas"] + 1),
                "deployment.kubernetes.io/revision": "1",
            },
            "ownerReferences": [owner(deployment)],
        },
        "spec": {
            "replicas": spec["replicas"],
            "selector": {"matchLabels": {**spec["selector"]["matchLabels"], "pod-template-hash": suffix}},
            "template": template,
        },
    }


def _pods(sets: Sequence[Object], nodes: int, choose: random.Random) -> Iterator[Object]:
    """What the ReplicaSet controller and the scheduler make of ReplicaSets that the API server returned."""
    for replica_set in sets:
        metadata, template = replica_set["metadata"], replica_set["spec"]["template"]
        for _ in range(replica_set["spec"]["replicas"]):
            yield {
                "apiVersion": "v1",
                "kind": "Pod",
                "metadata": {
                    **template["metadata"],
                    "name": f"{metadata['name']}-{_suffix(choose, 5)}",
                    "generateName": f"{metadata['name']}-",
                    "namespace": metadata["namespace"],
                    "ownerReferences": [owner(replica_set)],
                },
                "spec": {**template["spec"], "nodeName": f"node-{choose.randrange(nodes)}"},
            }


def owner(obj: Object) -> Object:
    """The reference of what an object controls."""
    return {
        "apiVersion": obj["apiVersion"],
        "kind": obj["kind"],
        "name": obj["metadata"]["name"],
        "uid": obj["metadata"]["uid"],
        "controller": True,
        "blockOwnerDeletion": True,
    }


def _labelled(template: Object, suffix: str) -> Object:
    labels = {**template["metadata"]["labels"], "pod-template-hash": suffix}
    return {**template, "metadata": {**template["metadata"], "labels": labels}}


def _suffix(choose: random.Random, length: int) -> str:
    return "".join(choose.choices(LETTERS, k=length))


def mirror_pods(cluster: Cluster, node_name: str) -> list[Object]:
    """The mirror pods of the control plane that runs, with its real flags, as a kubelet would report them."""
    client = cluster.admin
    placed = client.create(node(node_name))
    commands = {
        "kube-apiserver": arguments(cluster.flags),
        "etcd": arguments(cluster.etcd_flags),
    }
    return client.create_all(_mirror_pod(placed, name, flags) for name, flags in commands.items())


def _mirror_pod(placed: Object, name: str, flags: list[str]) -> Object:
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {
            "name": f"{name}-{placed['metadata']['name']}",
            "namespace": "kube-system",
            "labels": {"component": name, "tier": "control-plane"},
            "annotations": {
                "kubernetes.io/config.hash": "0123456789abcdef0123456789abcdef",
                "kubernetes.io/config.mirror": "0123456789abcdef0123456789abcdef",
                "kubernetes.io/config.seen": "2026-01-01T00:00:00.000000000Z",
                "kubernetes.io/config.source": "file",
            },
            "ownerReferences": [owner(placed) | {"blockOwnerDeletion": False}],
        },
        "spec": {
            "nodeName": placed["metadata"]["name"],
            "hostNetwork": True,
            "priorityClassName": "system-node-critical",
            "tolerations": [{"effect": "NoExecute", "operator": "Exists"}],
            "containers": [
                {"name": name, "image": f"registry.k8s.io/{name}:pinned", "command": [name, *flags]}
            ],
        },
    }
