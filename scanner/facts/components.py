"""The running parts of Kubernetes: API servers, controller managers, schedulers, etcd and those on nodes.

They are found in static and mirror Pods, and in the processes of NodeFacts. What each is set to, its
defaults included, is told by `setting`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from scanner.collect.interface import Path, Resource
from scanner.facts.fields import entries, mapping, text, values
from scanner.facts.index import NODE_FACTS, SYSTEM_NAMESPACE, Index, namespace_of
from scanner.facts.subject import Subject, once

API_SERVER, CONTROLLER_MANAGER, SCHEDULER = "kube-apiserver", "kube-controller-manager", "kube-scheduler"
ETCD, KUBELET, KUBE_PROXY = "etcd", "kubelet", "kube-proxy"
_OF_FACTS = {"apiserver": API_SERVER, "controller-manager": CONTROLLER_MANAGER, "scheduler": SCHEDULER}
"""NodeFacts' names of components → their programs'."""
_IN_PODS = (API_SERVER, CONTROLLER_MANAGER, SCHEDULER, ETCD)


@dataclass(frozen=True, slots=True, eq=False)
class Component:
    """One running part of Kubernetes."""

    name: str
    """The program: `kube-apiserver`, `kube-controller-manager`, `kube-scheduler`, `etcd`, `kubelet` or
    `kube-proxy`.
    """
    node: str
    """The node that it runs on; empty when that is not known."""
    resource: Resource
    """The Pod or NodeFacts object that tells of it."""
    argv: Sequence[tuple[str, Path]]
    """Its arguments, and where in the object each stands."""
    env: Mapping[str, tuple[str, Path]]
    """Its environment, and where in the object each variable stands."""
    facts: Resource | None = None
    """The NodeFacts of its node, if at hand."""


@once
def components(index: Index) -> list[Component]:
    """Every component at hand."""
    return [*_from_pods(index), *_from_nodes(index)]


def component_of(unit: Subject) -> Component:
    """The component of a unit over components."""
    if unit.component is None:
        raise TypeError("this fact is about components")
    return unit.component


def _from_pods(index: Index) -> Iterator[Component]:
    facts = {resource.name: resource for resource in index.by_kind.get(NODE_FACTS, ())}
    for pod in index.by_kind.get("Pod", ()):
        if namespace_of(pod) != SYSTEM_NAMESPACE:
            continue
        for at, container in entries(pod.body, "spec", "containers"):
            base: Path = ("spec", "containers", at)
            argv = [
                (str(each), (*base, key, number))
                for key in ("command", "args")
                for number, each in enumerate(values(container, key))
            ]
            program = PurePosixPath(argv[0][0]).name if argv else ""
            label = text(pod.body, "metadata", "labels", "component")
            name = program if program in _IN_PODS else label
            if name not in _IN_PODS:
                continue
            env = {
                text(variable, "name"): (text(variable, "value"), (*base, "env", number))
                for number, variable in entries(container, "env")
            }
            node = text(pod.body, "spec", "nodeName")
            yield Component(name, node, pod, argv, env, facts.get(node))


def _from_nodes(index: Index) -> Iterator[Component]:
    for facts in index.by_kind.get(NODE_FACTS, ()):
        for at, process in entries(facts.body, "processes"):
            name = text(process, "component")
            argv = [
                (str(each), ("processes", at, "argv", number))
                for number, each in enumerate(values(process, "argv"))
            ]
            env = {
                key: (str(value), ("processes", at, "env", key))
                for key, value in mapping(process, "env").items()
            }
            yield Component(_OF_FACTS.get(name, name), facts.name, facts, argv, env, facts)


def setting(_index: Index, component: Component, name: str) -> dict[str, Any] | None:
    """What a component is set to by a flag's name.

    `value`, `source` (`flag`, `env`, `file` or `default`) and `path`, where in the object it stands; None
    where it is not set and has no default.
    """
    for argument, path in component.argv[1:]:
        flag, equals, value = argument.lstrip("-").partition("=")
        if argument.startswith("-") and flag == name:
            return {"value": value if equals else "true", "source": "flag", "path": list(path)}
    return None
