"""The pods of a workload that is judged, as groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scanner.facts.index import Index, namespace_of
from scanner.facts.network.groups import Group
from scanner.facts.network.pods import Pod
from scanner.facts.network.reach import reach
from scanner.facts.subject import Subject, once, workload_of
from scanner.fields import entries, text, texts

_Name = tuple[str, str, str]


def pods_of(index: Index, unit: Subject) -> Sequence[Pod]:
    """The pods that run from a workload, or would; none when it makes none, or all have finished."""
    workload = workload_of(unit)
    resource = workload.resource
    own, named = _pods(index)
    name = namespace_of(resource), resource.kind, resource.name
    found = own.get(id(resource)) or named.get(name) or []
    # an object with several templates: live pods have more labels than theirs
    labels = texts(workload.metadata, "labels").items()
    return [pod for pod in found if labels <= pod.labels.items()] or found


def groups_of(index: Index, unit: Subject) -> Sequence[Group]:
    """The groups of a workload's pods, in order."""
    of_pod = reach(index).groups.of_pod
    found = {group.number: group for pod in pods_of(index, unit) for group in of_pod[id(pod)]}
    return [found[number] for number in sorted(found)]


@once
def _pods(index: Index) -> tuple[Mapping[int, list[Pod]], Mapping[_Name, list[Pod]]]:
    """By the `id` of the object that they stand in, and by the names of their controllers."""
    own: dict[int, list[Pod]] = {}
    named: dict[_Name, list[Pod]] = {}
    for pod in reach(index).pods:
        own.setdefault(id(pod.resource), []).append(pod)
        if not pod.live:
            continue
        above = {(pod.namespace, pod.workload.kind, pod.workload.name)}
        above |= {
            (pod.namespace, text(owner, "kind"), text(owner, "name"))
            for _, owner in entries(pod.resource.body, "metadata", "ownerReferences")
            if owner.get("controller") is True
        }
        for name in above:
            named.setdefault(name, []).append(pod)
    return own, named
