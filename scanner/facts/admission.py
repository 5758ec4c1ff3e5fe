"""What judges objects when they are admitted, and whether it is all there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scanner.facts.index import Index, namespace_labels
from scanner.facts.subject import Subject
from scanner.fields import entries, mapping, text

_GROUP = "admissionregistration.k8s.io"
_POLICIES = {
    "ValidatingAdmissionPolicyBinding": "ValidatingAdmissionPolicy",
    "MutatingAdmissionPolicyBinding": "MutatingAdmissionPolicy",
}


def bindings(index: Index, unit: Subject) -> int:
    """Over admission policies: how many bindings put one to use."""
    kind = f"{unit.resource.kind}Binding.{_GROUP}"
    return sum(text(b.body, "spec", "policyName") == unit.resource.name for b in index.by_kind.get(kind, ()))


def bound(index: Index, unit: Subject) -> bool:
    """Over bindings: whether the admission policy that one names is at hand."""
    kind = _POLICIES.get(unit.resource.kind, "")
    return index.get(f"{kind}.{_GROUP}", "", text(unit.resource.body, "spec", "policyName")) is not None


def kube_system_labels(index: Index, _unit: Subject) -> Mapping[str, Any]:
    """Over webhook configurations: the labels by which their selectors find kube-system."""
    return namespace_labels(index, "kube-system")


def missing_services(index: Index, unit: Subject) -> list[dict[str, Any]]:
    """Over webhook configurations: the webhooks whose Service is not at hand."""
    found = []
    for at, webhook in entries(unit.resource.body, "webhooks"):
        service = mapping(webhook, "clientConfig", "service")
        name, namespace = text(service, "name"), text(service, "namespace")
        if name and not index.get("Service", namespace, name):
            path = ["webhooks", at, "clientConfig", "service", "name"]
            found.append({"path": path, "service": f"{namespace}/{name}"})
    return found
