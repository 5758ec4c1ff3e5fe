"""What PodDisruptionBudgets protect."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scanner.collect.interface import Resource
from scanner.facts.autoscaling import minimum, scaled_by
from scanner.facts.index import Index, namespace_of
from scanner.facts.selection import Selectors, pod_labels, pods_in, workloads_in
from scanner.facts.subject import Subject, once, workload_of
from scanner.facts.workload import Workload
from scanner.fields import field

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


def protected(index: Index, unit: Subject) -> bool:
    """Over workloads: whether a PodDisruptionBudget selects its pods."""
    return bool(_budgets(index, workload_of(unit)))


def overlapping(index: Index, unit: Subject) -> list[str]:
    """Over workloads: the names of the PodDisruptionBudgets that select its pods, if they are several."""
    found = _budgets(index, workload_of(unit))
    return found if len(found) > 1 else []


def replicas(index: Index, unit: Subject) -> int | None:
    """Over workloads: the fewest pods that are meant to run; None where nothing says so."""
    return _replicas(index, workload_of(unit).resource)


def protects_none(index: Index, unit: Subject) -> bool:
    """Over PodDisruptionBudgets: whether one selects no workload at hand."""
    selector = field(unit.resource.body, "spec", "selector")
    return next(pods_in(index, namespace_of(unit.resource)).matching(selector), None) is None


def sure_replicas(index: Index, unit: Subject) -> int | None:
    """Over PodDisruptionBudgets: the fewest pods that one may select; None where that is not known."""
    counts = [_replicas(index, workload.resource) for workload in _selected(index, unit.resource)]
    known = [count for count in counts if count is not None]
    return sum(known) if known and len(known) == len(counts) else None


def _selected(index: Index, budget: Resource) -> Iterator[Workload]:
    selector = field(budget.body, "spec", "selector")
    return workloads_in(index, namespace_of(budget)).matching(selector)


def _budgets(index: Index, workload: Workload) -> list[str]:
    selectors = _selectors(index).get(namespace_of(workload.resource))
    return sorted(set(selectors.matching(pod_labels(workload)))) if selectors else []


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
