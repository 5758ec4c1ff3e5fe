"""Label selectors in bulk: which of many match some labels, and which of many objects one matches.

Trying every selector on every workload costs their product, so both sides are looked up by a label that
a match must have.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Generic, TypeVar

from scanner.facts.index import Index, selects
from scanner.facts.subject import once
from scanner.facts.workload import Workload
from scanner.fields import mapping

T = TypeVar("T")
Label = tuple[str, str]


def _labels_of(selector: Any) -> list[Label]:
    return [(k, v) for k, v in mapping(selector, "matchLabels").items() if isinstance(v, str)]


class Selectors(Generic[T]):
    """Selectors, asked for those that match some labels."""

    def __init__(self, items: Iterable[tuple[Any, T]]) -> None:
        """Take each selector with what it stands for."""
        pairs = list(items)
        frequency = Counter(label for selector, _ in pairs for label in _labels_of(selector))
        self._by_label: dict[Label, list[tuple[Any, T]]] = defaultdict(list)
        self._rest: list[tuple[Any, T]] = []
        for selector, item in pairs:
            rarest = min(_labels_of(selector), key=frequency.__getitem__, default=None)
            (self._rest if rarest is None else self._by_label[rarest]).append((selector, item))

    def matching(self, labels: Mapping[str, Any]) -> Iterator[T]:
        """What the selectors that match stand for."""
        yield from (item for selector, item in self._rest if selects(selector, labels))
        for key, value in labels.items():
            if isinstance(value, str):
                candidates = self._by_label.get((key, value), ())
                yield from (item for selector, item in candidates if selects(selector, labels))


class Labelled(Generic[T]):
    """Labelled things, asked for those that a selector matches."""

    def __init__(self, items: Iterable[tuple[Mapping[str, Any], T]]) -> None:
        """Take each thing with its labels."""
        self._items = list(items)
        self._by_label: dict[Label, list[tuple[Mapping[str, Any], T]]] = defaultdict(list)
        for pair in self._items:
            for key, value in pair[0].items():
                if isinstance(value, str):
                    self._by_label[key, value].append(pair)

    def matching(self, selector: Any) -> Iterator[T]:
        """The things that the selector matches, in their order."""
        found = (self._by_label.get(label, []) for label in _labels_of(selector))
        candidates = min(found, key=len, default=self._items)
        return (item for labels, item in candidates if selects(selector, labels))


_NOTHING: Labelled[Any] = Labelled(())


def pod_labels(workload: Workload) -> Mapping[str, Any]:
    """The labels of a workload's pods."""
    return mapping(workload.metadata, "labels")


def _labelled(found: Mapping[str, list[Workload]]) -> Mapping[str, Labelled[Workload]]:
    return {
        namespace: Labelled((pod_labels(workload), workload) for workload in workloads)
        for namespace, workloads in found.items()
    }


@once
def _workloads(index: Index) -> Mapping[str, Labelled[Workload]]:
    return _labelled(index.workloads_by_namespace)


@once
def _pods(index: Index) -> Mapping[str, Labelled[Workload]]:
    return _labelled(index.pods_by_namespace)


def pods_in(index: Index, namespace: str) -> Labelled[Workload]:
    """What a selector may find in a namespace: its workloads, and pods whose labels are their own."""
    return _pods(index).get(namespace, _NOTHING)


def workloads_in(index: Index, namespace: str) -> Labelled[Workload]:
    """The workloads of a namespace, to be asked with selectors for pods."""
    return _workloads(index).get(namespace, _NOTHING)
