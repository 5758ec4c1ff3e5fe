"""The least role that a scan needs, as YAML to apply."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from scanner.collect.cluster.access import Permission

NAMESPACE, NAME = "kubeassay-scanner", "scanner"
"""Not the namespace of the collector on nodes, whose pods are privileged and could use the account."""
_CORE = '""'
_SECRETS = """\
  # Roles cannot grant the metadata of Secrets without their values. The scanner asks for metadata alone and
  # never for a value; leave this out with --no-secrets, and what depends on it is unknown.
"""
_PROXY = """\
  # Careful: nodes/proxy lets its holder run commands in every container of the node. The API server has no
  # lesser way to the kubelet's configuration; leave it out with --nodes=none.
"""


def manifests(permissions: Sequence[Permission], namespace: str = NAMESPACE, name: str = NAME) -> str:
    """A ServiceAccount, a ClusterRole and the binding; and the namespace, where it is our own."""
    account = f"""\
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {name}
  namespace: {namespace}
automountServiceAccountToken: false
"""
    binding = f"""\
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: kubeassay-scanner
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: kubeassay-scanner
subjects:
- kind: ServiceAccount
  name: {name}
  namespace: {namespace}
"""
    own = f"""\
apiVersion: v1
kind: Namespace
metadata:
  name: {namespace}
  labels:
    pod-security.kubernetes.io/enforce: restricted
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: api-server-alone
  namespace: {namespace}
spec:
  podSelector: {{}}
  policyTypes: [Ingress, Egress]
  egress:
  - ports:
    - port: 443
    - port: 6443
"""
    documents = [own] if namespace == NAMESPACE else []
    return "---\n".join([*documents, account, _role(permissions), binding])


def rules(permissions: Sequence[Permission]) -> list[dict[str, Any]]:
    """Policy rules: one for each group and set of verbs, sorted, without wildcards."""
    ordered = sorted(permissions, key=lambda each: (each.group, each.verbs, each.resource))
    return [
        {"apiGroups": [group], "resources": sorted({each.resource for each in some}), "verbs": list(verbs)}
        for (group, verbs), some in groupby(ordered, key=lambda each: (each.group, each.verbs))
    ]


def _role(permissions: Sequence[Permission]) -> str:
    lines = """\
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: kubeassay-scanner
rules:
"""
    for rule in rules(permissions):
        if rule["resources"] == ["secrets"]:
            lines += _SECRETS
        elif "nodes/proxy" in rule["resources"]:
            lines += _PROXY
        lines += f"- apiGroups: [{rule['apiGroups'][0] or _CORE}]\n"
        lines += "  resources:\n" + "".join(f"  - {resource}\n" for resource in rule["resources"])
        lines += f"  verbs: [{', '.join(rule['verbs'])}]\n"
    return lines
