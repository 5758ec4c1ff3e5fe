"""Accounts for the scanner, from one that may read everything to one that may read a single namespace."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.e2e.cluster.harness import Cluster

Object = dict[str, Any]

NAMESPACE = "kubeassay"
RBAC = "rbac.authorization.k8s.io"
READ = ["get", "list", "watch"]
READER = "reader"
"""May read every resource."""
LIMITED = "limited"
"""May read about half of the kinds: no Secrets, no RBAC, no batch, no custom resources."""
LIMITED_RULES = [
    {
        "apiGroups": [""],
        "resources": ["namespaces", "nodes", "pods", "services", "serviceaccounts", "configmaps"],
        "verbs": READ,
    },
    {"apiGroups": ["apps"], "resources": ["deployments", "replicasets"], "verbs": READ},
    {"apiGroups": ["networking.k8s.io", "policy", "storage.k8s.io"], "resources": ["*"], "verbs": READ},
]
CONFINED = "confined"
"""May read everything in one namespace, and nothing else."""
CONFINED_TO = "confined-to"
STRANGER = "stranger"
"""May read nothing."""


def create(cluster: Cluster) -> None:
    """Create the accounts and what they may do."""
    for phase in _phases():
        cluster.admin.create_all(phase)


def user(account: str) -> str:
    """The name by which the server knows an account."""
    return f"system:serviceaccount:{NAMESPACE}:{account}"


def _phases() -> Iterator[list[Object]]:
    yield [
        {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}}
        for name in (NAMESPACE, CONFINED_TO)
    ]
    yield [
        {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": name, "namespace": NAMESPACE}}
        for name in (READER, LIMITED, CONFINED, STRANGER)
    ]
    yield list(_grants(READER, [{"apiGroups": ["*"], "resources": ["*"], "verbs": READ}]))
    yield list(_grants(LIMITED, LIMITED_RULES))
    everything = [{"apiGroups": ["*"], "resources": ["*"], "verbs": READ}]
    yield list(_grants(CONFINED, everything, CONFINED_TO))


def _grants(account: str, rules: list[Object], namespace: str = "") -> Iterator[Object]:
    role, binding = ("Role", "RoleBinding") if namespace else ("ClusterRole", "ClusterRoleBinding")
    metadata = {"name": f"{NAMESPACE}-{account}"} | ({"namespace": namespace} if namespace else {})
    version = f"{RBAC}/v1"
    yield {"apiVersion": version, "kind": role, "metadata": metadata, "rules": rules}
    yield {
        "apiVersion": version,
        "kind": binding,
        "metadata": metadata,
        "roleRef": {"apiGroup": RBAC, "kind": role, "name": metadata["name"]},
        "subjects": [{"kind": "ServiceAccount", "name": account, "namespace": NAMESPACE}],
    }
