"""What PodDisruptionBudgets protect."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scanner.collect.interface import Resource
from scanner.facts.autoscaling import minimum, scaled_by
from scanner.facts.fields import field
from scanner.facts.index import Index, namespace_of
from scanner.facts.selection import Selectors, pod_labels, workloads_in
from scanner.facts.subject import Subject, once, workload_of

BUDGET = "PodDisruptionBudget.policy"
_SCALED = frozenset(
    {
        "Deployment.apps",
        "StatefulSet.apps",
        "ReplicaSet.apps",
        "ReplicationController",
        "Rollout.argoproj.io",
        "DeploymentConfig.apps.openshift.io",
        "CloneSet.apps.kruise.io",
    }
)


def budgets(index: Index, unit: Subject) -> list[str]:
    """Over workloads: the names of the PodDisruptionBudgets that select its pods."""
    workload = workload_of(unit)
    selectors = _selectors(index).get(namespace_of(workload.resource))
    return sorted(set(selectors.matching(pod_labels(workload)))) if selectors else []


def replicas(index: Index, unit: Subject) -> int | None:
    """Over workloads: the fewest pods that are meant to run; None where nothing says so."""
    return _replicas(index, workload_of(unit).resource)


def protected(index: Index, unit: Subject) -> list[dict[str, Any]]:
    """Over PodDisruptionBudgets: the workloads that one selects, with the fewest pods that each has."""
    selector = field(unit.resource.body, "spec", "selector")
    found = workloads_in(index, namespace_of(unit.resource)).matching(selector)
    return [
        {"kind": w.resource.kind, "name": w.resource.name, "replicas": _replicas(index, w.resource)}
        for w in found
    ]


def _replicas(index: Index, resource: Resource) -> int | None:
    if resource.group_kind not in _SCALED:
        return None
    scaler = scaled_by(index, resource)
    if scaler is not None:
        return minimum(scaler)
    found = field(resource.body, "spec", "replicas")
    if isinstance(found, int):
        return found
    # left out of a manifest, the number may be an autoscaler's that is not at hand
    return 1 if index.snapshot else None


@once
def _selectors(index: Index) -> Mapping[str, Selectors[str]]:
    found: dict[str, list[tuple[Any, str]]] = {}
    for budget in index.by_kind.get(BUDGET, ()):
        pair = (field(budget.body, "spec", "selector"), budget.name)
        found.setdefault(namespace_of(budget), []).append(pair)
    return {namespace: Selectors(pairs) for namespace, pairs in found.items()}
