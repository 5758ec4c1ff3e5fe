"""What a fact is asked about, and how to work one out once for a whole scan."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Protocol, TypeVar
from weakref import WeakKeyDictionary

from scanner.collect.interface import Resource
from scanner.facts.index import Index, namespace_of
from scanner.facts.workload import Workload

if TYPE_CHECKING:
    from scanner.facts.components import Component

T = TypeVar("T")


class Subject(Protocol):
    """The unit of one judgement."""

    @property
    def resource(self) -> Resource:
        """The object that is judged, or that carries the pod template."""

    @property
    def workload(self) -> Workload | None:
        """The pod template; None for other units."""

    @property
    def namespace(self) -> str | None:
        """The namespace that is judged; None for other units."""

    @property
    def component(self) -> Component | None:
        """The running part of Kubernetes that is judged; None for other units."""


def workload_of(unit: Subject) -> Workload:
    """The pod template of a unit over workloads."""
    if unit.workload is None:
        raise TypeError("this fact is about workloads")
    return unit.workload


def namespace_in(unit: Subject) -> str:
    """The namespace that is judged, or that the object is in."""
    return namespace_of(unit.resource) if unit.namespace is None else unit.namespace


def once(build: Callable[[Index], T]) -> Callable[[Index], T]:
    """Work something out once for each index."""
    kept: WeakKeyDictionary[Index, T] = WeakKeyDictionary()

    @wraps(build)
    def get(index: Index) -> T:
        if index not in kept:
            kept[index] = build(index)
        return kept[index]

    return get
