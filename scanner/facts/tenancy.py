"""Which namespaces' pods may connect to the pods of a namespace, where labels set the namespaces apart.

Which label tells tenants is for rules to say, so the answer is given for each label that namespaces have.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scanner.facts.index import NAME_LABEL, Index
from scanner.facts.network.compile import Bound
from scanner.facts.network.groups import Groups
from scanner.facts.network.openings import openings
from scanner.facts.network.reach import reach
from scanner.facts.network.selectors import positions
from scanner.facts.network.words import opening_by, some_names
from scanner.facts.subject import Subject, namespace_in, once
from scanner.fields import texts

_MOST_KEYS = 30
_NO_TENANTS = (NAME_LABEL, "pod-security.kubernetes.io/")


@dataclass(frozen=True, slots=True)
class _Label:
    """A label of namespaces: the groups of those that have it, by its value."""

    key: str
    by_value: Mapping[str, int]
    all: int


def reached_by(index: Index, unit: Subject) -> dict[str, dict[str, Any]]:
    """Over namespaces: label of other namespaces → the namespace's `own` value (empty when it has none), and
    `causes`: what lets in pods of namespaces that have another value. Each is a rule (one without a name for
    what no policy limits), with the ports, those namespaces and the workloads that they reach.

    The labels are those that most namespaces have.
    """
    name, known = namespace_in(unit), reach(index)
    opened = list(_opened(index, known.groups.in_namespace(name)))
    own = _labels_of(index).get(name, {})
    found = {}
    for label in _labels(index):
        others = label.all & ~label.by_value.get(own.get(label.key, ""), 0)
        others &= ~known.groups.in_namespace(name)
        if others:
            found[label.key] = {"own": own.get(label.key, ""), "causes": _causes(index, opened, others)}
    return found


def _opened(index: Index, groups: int) -> Iterator[tuple[Bound | None, int, int, int]]:
    """Rule, ports, peers and the group that they reach."""
    known = openings(index)
    for at in positions(groups):
        group = known.reach.groups.all[at]
        opening_here = known.of(group, "ingress")
        for ports, peers in known.reach.sources(group):
            for opening in opening_here:
                if (some := ports & opening.ports) and (inside := peers & opening.peers):
                    yield opening.bound, some, inside & known.reach.groups.pods, 1 << at


def _causes(
    index: Index, opened: Sequence[tuple[Bound | None, int, int, int]], others: int
) -> list[dict[str, Any]]:
    by_rule: dict[Bound | None, tuple[int, int, int]] = {}
    for bound, ports, peers, group in opened:
        if inside := peers & others:
            before = by_rule.get(bound, (0, 0, 0))
            by_rule[bound] = before[0] | ports, before[1] | inside, before[2] | group
    known = reach(index)
    causes = [
        {
            **opening_by(known.ports, bound, ports, "ingress"),
            "namespaces": some_names(_namespaces(known.groups, peers)),
            "workloads": some_names(_workloads(known.groups, groups)),
        }
        for bound, (ports, peers, groups) in by_rule.items()
    ]
    return sorted(causes, key=lambda cause: str(cause["rule"]))


def _namespaces(groups: Groups, bits: int) -> set[str]:
    return {groups.all[at].namespace for at in positions(bits)}


def _workloads(groups: Groups, bits: int) -> set[str]:
    return {pod.workload.name for at in positions(bits) for pod in groups.all[at].pods}


@once
def _labels_of(index: Index) -> Mapping[str, Mapping[str, str]]:
    """Namespace → its labels, without those that Kubernetes itself reads."""
    return {
        resource.name: {
            key: value
            for key, value in texts(resource.body, "metadata", "labels").items()
            if value and not key.startswith(_NO_TENANTS)
        }
        for resource in index.by_kind.get("Namespace", ())
    }


@once
def _labels(index: Index) -> Sequence[_Label]:
    groups = reach(index).groups
    counted = Counter(key for labels in _labels_of(index).values() for key in labels)
    keys = sorted(counted, key=lambda key: (-counted[key], key))[:_MOST_KEYS]
    found = []
    for key in keys:
        by_value: dict[str, int] = {}
        for name, labels in _labels_of(index).items():
            if key in labels:
                by_value[labels[key]] = by_value.get(labels[key], 0) | groups.in_namespace(name)
        everyone = 0
        for bits in by_value.values():
            everyone |= bits
        found.append(_Label(key, by_value, everyone))
    return found
