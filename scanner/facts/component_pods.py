"""The running parts of Kubernetes that Pods tell of: static Pods, mirror Pods, and those of a DaemonSet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from scanner.collect.interface import Path, Resource
from scanner.facts.command_line import Argv, Environment, command, expanded
from scanner.facts.component import CONTROL_PLANE, IN_PODS, KUBE_PROXY, Component, made
from scanner.facts.index import SYSTEM_NAMESPACE, Index, namespace_of
from scanner.fields import as_text, entries, mapping, text, values
from scanner.fields import field as at_path

_MIRROR = "kubernetes.io/config.mirror"
_OPENSHIFT = frozenset(
    {
        *("openshift-kube-apiserver", "openshift-kube-controller-manager"),
        *("openshift-kube-scheduler", "openshift-etcd"),
    }
)
_OTHER_USES = frozenset({"grpc-proxy", "gateway"})
"""Commands of etcd with which it keeps no data."""


def from_pods(index: Index, facts: Mapping[str, Resource]) -> Iterator[Component]:
    """Every component in a Pod; `facts` are NodeFacts by their nodes."""
    for pod in index.by_kind.get("Pod", ()):
        namespace = namespace_of(pod)
        static = _is_static(pod)
        if not (namespace == SYSTEM_NAMESPACE or namespace in _OPENSHIFT or static):
            continue
        if text(pod.body, "status", "phase") in ("Succeeded", "Failed"):
            continue
        for at, container in entries(pod.body, "spec", "containers"):
            found = _in_container(pod, at, container, static)
            if found is not None:
                node = _node_of(pod, found.name)
                yield made(replace(found, node=node, facts=facts.get(node)))


def from_daemon_sets(index: Index) -> Iterator[Component]:
    """kube-proxy, which alone of them runs as an ordinary Pod, by the DaemonSet in the place of its Pods."""
    for daemon_set in index.in_namespace("DaemonSet.apps", SYSTEM_NAMESPACE):
        template = at_path(daemon_set.body, "spec", "template")
        if not isinstance(template, dict):
            continue
        pod = Resource(template, daemon_set.origin)
        for at, container in entries(template, "spec", "containers"):
            found = _in_container(pod, at, container, False)
            if found is not None and found.name == KUBE_PROXY:
                yield made(_within_template(found, daemon_set))


def is_of(pod: Component, sets: Sequence[Component]) -> bool:
    """Whether a Pod runs what a DaemonSet tells of already."""
    owners = {text(owner, "name") for _, owner in entries(pod.resource.body, "metadata", "ownerReferences")}
    argv = [argument for argument, _ in pod.argv]
    return any(
        pod.name == one.name
        and one.resource.name in owners
        and [argument for argument, _ in one.argv] == argv
        for one in sets
    )


def _within_template(component: Component, resource: Resource) -> Component:
    base: Path = ("spec", "template")
    environment = component.environment
    variables = {name: (value, (*base, *path)) for name, (value, path) in environment.values.items()}
    return replace(
        component,
        resource=resource,
        argv=[(argument, (*base, *path)) for argument, path in component.argv],
        environment=Environment(variables, environment.unclear),
        place=(*base, *component.place),
    )


def _in_container(pod: Resource, at: int, container: Mapping[str, Any], static: bool) -> Component | None:
    base: Path = ("spec", "containers", at)
    environment = _environment(container, base)
    argv = [
        (expanded(as_text(each) or "", environment), (*base, key, number))
        for key in ("command", "args")
        for number, each in enumerate(values(container, key))
    ]
    names = _names(pod, container)
    identified = next((name for name in names if name in IN_PODS), "")
    run: Argv = ()
    if argv and (identified or static or PurePosixPath(argv[0][0]).name in (*IN_PODS, "hyperkube")):
        run = command(argv, IN_PODS, environment)
    hidden = ""
    if run:
        name = PurePosixPath(run[0][0]).name
        if (len(run) > 1 and run[1][0] in _OTHER_USES) or not (static or _is_of_kubernetes(pod, name)):
            return None
    elif not identified or not _is_main(pod, container, identified):
        return None
    else:
        name = identified
        if not argv:
            hidden = "its Pod states no arguments, and those of its image are not known"
        elif not argv[0][0].startswith("-"):
            hidden = f"it is started by {argv[0][0][:60]}, whose own arguments are not known"
            argv = argv[1:]
        run = [(name, (*base, "command")), *argv]
    place = (*base, "command") if values(container, "command") else base
    image = text(container, "image")
    distribution = "openshift" if namespace_of(pod) in _OPENSHIFT else ""
    return Component(
        name, "", pod, run, environment, place=place, hidden=hidden, image=image, distribution=distribution
    )


def _names(pod: Resource, container: Mapping[str, Any]) -> list[str]:
    """What may name a container's component: its own name, its image's, and the Pod's label."""
    image = text(container, "image").partition("@")[0].rpartition("/")[2].partition(":")[0]
    labels = mapping(pod.body, "metadata", "labels")
    names = [text(container, "name"), re.sub(r"-(amd64|arm64)$", "", image)]
    names += [label for label in (labels.get("component"), labels.get("k8s-app")) if isinstance(label, str)]
    return [name for name in names if name]


def _is_of_kubernetes(pod: Resource, name: str) -> bool:
    """Whether a Pod that runs the program is the cluster's, and not an etcd of some application."""
    labels = mapping(pod.body, "metadata", "labels")
    stated = [labels[key] for key in ("k8s-app", "app", "app.kubernetes.io/name") if key in labels]
    return "component" in labels or not stated or name in stated


def _is_main(pod: Resource, container: Mapping[str, Any], name: str) -> bool:
    """Whether a container is the component itself, and no helper beside it."""
    others = [one for _, one in entries(pod.body, "spec", "containers") if one is not container]
    return not others or name == text(container, "name")


def _environment(container: Mapping[str, Any], base: Path) -> Environment:
    known: dict[str, tuple[str, Path]] = {}
    unclear: dict[str, str] = {}
    if values(container, "envFrom"):
        unclear["*"] = "its environment comes from a ConfigMap or Secret (envFrom)"
    for number, variable in entries(container, "env"):
        name, value = text(variable, "name"), as_text(variable.get("value"))
        if variable.get("valueFrom") is not None:
            known.pop(name, None)
            unclear[name] = f"the variable {name} is set from elsewhere (valueFrom)"
        else:
            known[name] = (value or "", (*base, "env", number))
    values_of = Environment(known, unclear)
    return Environment({k: (expanded(v, values_of), p) for k, (v, p) in known.items()}, unclear)


def _is_static(pod: Resource) -> bool:
    annotations = mapping(pod.body, "metadata", "annotations")
    source = annotations.get("kubernetes.io/config.source")
    owned = any(owner.get("kind") == "Node" for _, owner in entries(pod.body, "metadata", "ownerReferences"))
    return _MIRROR in annotations or owned or source == "file"


def _node_of(pod: Resource, name: str) -> str:
    node = text(pod.body, "spec", "nodeName")
    if not node and name in CONTROL_PLANE:
        node = next(
            (
                text(owner, "name")
                for _, owner in entries(pod.body, "metadata", "ownerReferences")
                if owner.get("kind") == "Node"
            ),
            "",
        )
        if not node and pod.name.startswith(f"{name}-"):
            node = pod.name.removeprefix(f"{name}-")  # a mirror Pod is called after its node
    return node
