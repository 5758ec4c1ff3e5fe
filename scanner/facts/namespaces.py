"""Where objects are, and what their namespaces hold."""

from __future__ import annotations

from typing import Any

from scanner.collect.interface import Resource
from scanner.facts.index import DEFAULT_NAMESPACE, Index, namespace_of
from scanner.facts.pod_specs import CARRIERS
from scanner.facts.subject import Subject, namespace_in, workload_of
from scanner.fields import entries, field, mapping, text

_OWN = frozenset(
    {
        ("Service", "kubernetes"),
        ("Endpoints", "kubernetes"),
        ("EndpointSlice.discovery.k8s.io", "kubernetes"),
        ("ServiceAccount", "default"),
        ("ConfigMap", "kube-root-ca.crt"),
    }
)
"""What the API server and its controllers keep in the default namespace."""
_PASSING = frozenset({"Event", "Event.events.k8s.io"})
_NAMESPACED = frozenset(
    {
        *CARRIERS,
        "ConfigMap",
        "Secret",
        "Service",
        "Endpoints",
        "ServiceAccount",
        "PersistentVolumeClaim",
        "LimitRange",
        "ResourceQuota",
        "ControllerRevision.apps",
        "HorizontalPodAutoscaler.autoscaling",
        "PodDisruptionBudget.policy",
        "NetworkPolicy.networking.k8s.io",
        "Ingress.networking.k8s.io",
        "Ingress.extensions",
        "Role.rbac.authorization.k8s.io",
        "RoleBinding.rbac.authorization.k8s.io",
        "EndpointSlice.discovery.k8s.io",
        "CSIStorageCapacity.storage.k8s.io",
        "ResourceClaim.resource.k8s.io",
        "ResourceClaimTemplate.resource.k8s.io",
    }
)


def placement(_index: Index, unit: Subject) -> str:
    """Over objects: how one stands to the default namespace.

    `default` (it names it), `unnamed` (it names none), `own` (the API server's), `owned` (another
    object made it) or `elsewhere`.
    """
    resource = unit.resource
    if resource.namespace not in ("", DEFAULT_NAMESPACE) or resource.group_kind in _PASSING:
        return "elsewhere"
    if not resource.namespace and resource.group_kind not in _NAMESPACED:
        return "elsewhere"
    if not resource.namespace and _is_of_chart(resource):
        return "elsewhere"
    if _is_own(resource):
        return "own"
    if any(
        owner.get("controller") is True for _, owner in entries(resource.body, "metadata", "ownerReferences")
    ):
        return "owned"
    return "default" if resource.namespace else "unnamed"


def _is_of_chart(resource: Resource) -> bool:
    """A chart's objects go where it is installed, whether its templates say so or leave it to Helm."""
    labels = mapping(resource.body, "metadata", "labels")
    return bool(field(resource.body, "metadata", "namespace")) or "helm.sh/chart" in labels


def _is_own(resource: Resource) -> bool:
    return (resource.group_kind, resource.name) in _OWN or (
        resource.group_kind == "Secret" and resource.name.startswith("default-token-")
    )


def in_kube_system(_index: Index, unit: Subject) -> dict[str, Any] | None:
    """Over workloads: what tells a part of the cluster from a guest in kube-system; None elsewhere."""
    workload = workload_of(unit)
    if namespace_of(workload.resource) != "kube-system":
        return None
    return {
        "labels": {
            **mapping(workload.resource.body, "metadata", "labels"),
            **mapping(workload.metadata, "labels"),
        },
        "annotations": mapping(workload.resource.body, "metadata", "annotations"),
        "priority_class": text(workload.spec, "priorityClassName"),
    }


def holdings(index: Index, unit: Subject) -> dict[str, Any]:
    """Over namespaces: whether one has workloads, LimitRanges and ResourceQuotas."""
    namespace = namespace_in(unit)
    return {
        "workloads": bool(index.workloads_by_namespace.get(namespace)),
        "limit_ranges": bool(index.in_namespace("LimitRange", namespace)),
        "resource_quotas": bool(index.in_namespace("ResourceQuota", namespace)),
    }
