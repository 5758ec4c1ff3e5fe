"""PriorityClasses that hold for pods which name none."""

from __future__ import annotations

from scanner.facts.index import Index
from scanner.facts.subject import Subject, once
from scanner.fields import field


def has_global_default(index: Index, _: Subject) -> bool:
    """Whether a PriorityClass at hand is the default of the cluster."""
    return _has_global_default(index)


@once
def _has_global_default(index: Index) -> bool:
    classes = index.by_kind.get("PriorityClass.scheduling.k8s.io", ())
    return any(field(each.body, "globalDefault") is True for each in classes)
