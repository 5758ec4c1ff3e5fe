"""The running parts of Kubernetes: API servers, controller managers, schedulers, etcd and those on nodes.

They are found in static and mirror Pods, in the processes of NodeFacts, and in the annotations of Nodes
whose distribution runs them within one program. What each is set to, its defaults included, is told by
`setting` of scanner/facts/settings.py.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from scanner.facts.command_line import Environment
from scanner.facts.component import (
    API_SERVER,
    CONTROL_PLANE,
    CONTROLLER_MANAGER,
    ETCD,
    KUBE_PROXY,
    KUBELET,
    SCHEDULER,
    Component,
    made,
)
from scanner.facts.component_nodes import from_annotations, from_facts
from scanner.facts.component_pods import from_daemon_sets, from_pods, is_of
from scanner.facts.index import NODE_FACTS, Index
from scanner.facts.subject import Subject, once
from scanner.fields import field as at_path
from scanner.fields import text

__all__ = [
    "API_SERVER",
    "CONTROLLER_MANAGER",
    "CONTROL_PLANE",
    "ETCD",
    "KUBELET",
    "KUBE_PROXY",
    "SCHEDULER",
    "Component",
    "component_of",
    "components",
    "version",
]

_VERSION = re.compile(r"^v?(\d+)\.(\d+)")
_SURE = ("proc", "flagz")
"""Sources of a process in NodeFacts that tell what really runs, and not what a manifest asks for."""


@once
def components(index: Index) -> list[Component]:
    """Every component at hand; what a Pod and a process on its node tell of the same one is one."""
    facts = {resource.name: resource for resource in index.by_kind.get(NODE_FACTS, ())}
    sets = [*from_daemon_sets(index)]
    found = [*(one for one in from_pods(index, facts) if not is_of(one, sets)), *sets]
    annotated = [*from_annotations(index, facts)]
    in_pods = {component.name for component in found}
    elsewhere = {(other.name, other.node) for other in annotated}
    places = _places(found)
    alone = _alone(found)
    for process in from_facts(facts):
        if not process.argv and process.name == KUBE_PROXY and KUBE_PROXY in in_pods:
            continue  # its configuration alone, which the Pods' tells already
        key = (process.name, process.node)
        at = places[key] if key in places else alone.pop(process.name, None)
        if at is not None:
            found[at] = _merged(found[at], process)
        elif key not in elsewhere:
            at = len(found)
            found.append(process)
        if at is not None:
            places[key] = at
    seen = {(component.name, component.node) for component in found}
    found.extend(component for component in annotated if (component.name, component.node) not in seen)
    return found


def component_of(unit: Subject) -> Component:
    """The component of a unit over components."""
    if unit.component is None:
        raise TypeError("this fact is about components")
    return unit.component


def version(index: Index, component: Component) -> tuple[int, int]:
    """Major and minor version of a component: of its image, of its node, of the cluster, else the scan's."""
    tag = component.image.partition("@")[0].rpartition(":")[2]
    found = _VERSION.match(tag) if "/" not in tag else None
    if component.name == ETCD:
        return (int(found.group(1)), int(found.group(2))) if found else (3, 5)
    known = [tag] if found else []
    if component.facts is not None:
        known.append(text(component.facts.body, "kubernetesVersion"))
    node = index.get("Node", "", component.node)
    if node is not None:
        known.append(text(node.body, "status", "nodeInfo", "kubeletVersion"))
    cluster = index.cluster
    if cluster is not None:
        known.append(text(cluster.body, "kubernetesVersion"))
    for each in known:
        match = _VERSION.match(each)
        if match and match.group(1) == "1":
            return (1, int(match.group(2)))
    return (1, index.kubernetes_minor)


def _places(found: Sequence[Component]) -> dict[tuple[str, str], int]:
    """Name and node of a component in a Pod → its position; a DaemonSet's is on no certain node."""
    places: dict[tuple[str, str], int] = {}
    for at, one in enumerate(found):
        if one.resource.kind != "DaemonSet":
            places.setdefault((one.name, one.node), at)
    return places


def _alone(found: Sequence[Component]) -> dict[str, int]:
    """Name of a component of which there is one Pod, on a node that is not known → its position."""
    pods = [(at, one) for at, one in enumerate(found) if one.resource.kind != "DaemonSet"]
    counts = Counter(one.name for _, one in pods)
    return {one.name: at for at, one in pods if counts[one.name] == 1 and not one.node}


def _merged(pod: Component, process: Component) -> Component:
    """What runs decides; the Pod's arguments say where each stands."""
    facts = process.facts
    source = text(at_path(process.resource.body, *process.place[:2]), "source")
    if source not in _SURE or not process.argv:
        return replace(pod, facts=facts, node=process.node)
    places = dict(pod.argv)
    argv = [(argument, places.get(argument, pod.place)) for argument, _ in process.argv]
    environment = Environment(
        {**pod.environment.values, **{k: (v, pod.place) for k, (v, _) in process.env.items()}},
        {k: why for k, why in pod.environment.unclear.items() if k not in process.env and not process.env},
    )
    merged = replace(pod, argv=argv, environment=environment, facts=facts, node=process.node, hidden="")
    return made(replace(merged, states_defaults=process.states_defaults))
