"""The running parts of Kubernetes: API servers, controller managers, schedulers, etcd and those on nodes.

They are found in static and mirror Pods, in the processes of NodeFacts, and in the annotations of Nodes
whose distribution runs them within one program. What each is set to, its defaults included, is told by
`setting` of scanner/facts/settings.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Any

from scanner.collect.interface import Path, Resource
from scanner.facts import defaults
from scanner.facts.command_line import NO_ENVIRONMENT, Argv, Environment, Flag, command, expanded, flags
from scanner.facts.fields import as_text, entries, mapping, text, values
from scanner.facts.fields import field as at_path
from scanner.facts.index import NODE_FACTS, SYSTEM_NAMESPACE, Index, namespace_of
from scanner.facts.single_program import PROGRAMS as SINGLE_PROGRAMS
from scanner.facts.single_program import parts
from scanner.facts.subject import Subject, once

API_SERVER, CONTROLLER_MANAGER, SCHEDULER = "kube-apiserver", "kube-controller-manager", "kube-scheduler"
ETCD, KUBELET, KUBE_PROXY = "etcd", "kubelet", "kube-proxy"
CONTROL_PLANE = (API_SERVER, CONTROLLER_MANAGER, SCHEDULER, ETCD)
MIRROR = "kubernetes.io/config.mirror"
_OF_FACTS = {"apiserver": API_SERVER, "controller-manager": CONTROLLER_MANAGER, "scheduler": SCHEDULER}
"""NodeFacts' names of components → their programs'."""
_IN_PODS = (*CONTROL_PLANE, KUBE_PROXY)
_OPENSHIFT = {
    "openshift-kube-apiserver": API_SERVER,
    "openshift-kube-controller-manager": CONTROLLER_MANAGER,
    "openshift-kube-scheduler": SCHEDULER,
    "openshift-etcd": ETCD,
}
_OTHER_USES = frozenset({"grpc-proxy", "gateway"})
"""Commands of etcd with which it keeps no data."""
_VERSION = re.compile(r"^v?(\d+)\.(\d+)")
_SURE = ("proc", "flagz")
"""Sources of a process in NodeFacts that tell what really runs, and not what a manifest asks for."""


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Component:
    """One running part of Kubernetes."""

    name: str
    """The program: `kube-apiserver`, `kube-controller-manager`, `kube-scheduler`, `etcd`, `kubelet` or
    `kube-proxy`.
    """
    node: str
    """The node that it runs on; empty when that is not known."""
    resource: Resource
    """The Pod, Node or NodeFacts object that tells of it."""
    argv: Argv
    """Its arguments, the program first, and where in the object each stands."""
    environment: Environment
    facts: Resource | None = None
    """The NodeFacts of its node, if at hand."""
    place: Path = ()
    """Where in the object an argument that is missing would stand."""
    hidden: str = ""
    """Why it may have more arguments than are known; empty when it has not."""
    image: str = ""
    """The container image; empty when it is not known."""
    distribution: str = ""
    """`k3s`, `rke2` or `openshift` where that decides how its settings are found."""
    states_defaults: bool = False
    """Its arguments list all flags, those that nobody gave among them, as `/flagz` does."""
    flags: Mapping[str, Sequence[Flag]] = field(default_factory=dict)
    """Flag → its uses, in their order."""

    @property
    def env(self) -> Mapping[str, tuple[str, Path]]:
        """Its environment, as far as known, and where in the object each variable stands."""
        return self.environment.values


@once
def components(index: Index) -> list[Component]:
    """Every component at hand; what a Pod and a process on its node tell of the same one is one."""
    facts = {resource.name: resource for resource in index.by_kind.get(NODE_FACTS, ())}
    sets = [*_from_daemon_sets(index)]
    found = [*(one for one in _from_pods(index, facts) if not _is_of(one, sets)), *sets]
    annotated = [*_from_annotations(index, facts)]
    in_pods = {component.name for component in found}
    for process in _from_facts(facts):
        if not process.argv and process.name == KUBE_PROXY and KUBE_PROXY in in_pods:
            continue  # its configuration alone, which the Pods' tells already
        at = _same(found, process)
        if at is not None:
            found[at] = _merged(found[at], process)
        elif not any(other.name == process.name and other.node == process.node for other in annotated):
            found.append(process)
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


def made(component: Component) -> Component:
    """The component with its arguments read."""

    def is_boolean(name: str) -> bool | None:
        kind = defaults.kind_of(component.name, name)
        return None if kind is None else kind == "boolean"

    found, hidden = flags(component.argv, is_boolean, component.environment)
    return replace(component, flags=found, hidden=component.hidden or hidden)


def _from_pods(index: Index, facts: Mapping[str, Resource]) -> Iterator[Component]:
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


def _from_daemon_sets(index: Index) -> Iterator[Component]:
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


def _is_of(pod: Component, sets: Sequence[Component]) -> bool:
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
    identified = next((name for name in names if name in _IN_PODS), "")
    run: Argv = ()
    if argv and (identified or static or PurePosixPath(argv[0][0]).name in (*_IN_PODS, "hyperkube")):
        run = command(argv, _IN_PODS, environment)
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
    return MIRROR in annotations or owned or source == "file"


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


def _from_facts(facts: Mapping[str, Resource]) -> Iterator[Component]:
    for resource in facts.values():
        yield from _from_configuration(resource)
        for at, process in entries(resource.body, "processes"):
            base: Path = ("processes", at)
            argv: Argv = [
                (as_text(each) or "", (*base, "argv", number))
                for number, each in enumerate(values(process, "argv"))
            ]
            env = {
                key: (as_text(value) or "", (*base, "env", key))
                for key, value in mapping(process, "env").items()
            }
            program = PurePosixPath(argv[0][0]).name if argv else ""
            name = text(process, "component")
            if program in SINGLE_PROGRAMS or name in SINGLE_PROGRAMS:
                whole = text(process, "source") == "annotation"
                yield from _within(resource, argv, resource.name, resource, (*base, "argv"), whole, False)
                continue
            name = _OF_FACTS.get(name, name)
            if name not in (*_IN_PODS, KUBELET):
                continue
            if argv and argv[0][0].startswith("-"):
                argv = [(name, (*base, "argv")), *argv]
            elif program != name:
                argv = command(argv, (name,), Environment(env, {})) or argv
            yield made(
                Component(
                    name,
                    resource.name,
                    resource,
                    argv,
                    Environment(env, {}),
                    resource,
                    (*base, "argv") if argv else base,
                    "" if argv else "the facts of its node hold no arguments",
                    distribution=text(resource.body, "distribution"),
                    states_defaults=text(process, "source") == "flagz",
                )
            )


def _from_configuration(resource: Resource) -> Iterator[Component]:
    """A kube-proxy of which the facts of its node hold the configuration alone."""
    if any(one.get("component") == KUBE_PROXY for _, one in entries(resource.body, "processes")):
        return
    if isinstance(at_path(resource.body, "configs", "kubeProxy"), dict):
        hidden = "the facts of its node hold no arguments"
        place: Path = ("configs", "kubeProxy")
        yield Component(KUBE_PROXY, resource.name, resource, (), NO_ENVIRONMENT, resource, place, hidden)


def _from_annotations(index: Index, facts: Mapping[str, Resource]) -> Iterator[Component]:
    """k3s and RKE2 state the arguments of their one program in annotations of Nodes."""
    for node in index.by_kind.get("Node", ()):
        annotations = mapping(node.body, "metadata", "annotations")
        for program in SINGLE_PROGRAMS:
            key = f"{program}.io/node-args"
            words = _json_list(annotations.get(key))
            if words is None:
                continue
            path: Path = ("metadata", "annotations", key)
            argv = [(program, path), *((word, path) for word in words)]
            etcd = "node-role.kubernetes.io/etcd" in mapping(node.body, "metadata", "labels")
            yield from _within(node, argv, node.name, facts.get(node.name), path, True, etcd)


def _json_list(value: object) -> list[str] | None:
    import msgspec

    if not isinstance(value, str):
        return None
    try:
        return msgspec.json.decode(value, type=list[str])
    except msgspec.MsgspecError:
        return None


def _within(
    resource: Resource, argv: Argv, node: str, facts: Resource | None, place: Path, whole: bool, etcd: bool
) -> Iterator[Component]:
    """The parts of Kubernetes within one program; `whole` says that its configuration file is merged in."""
    program = PurePosixPath(argv[0][0]).name if argv else ""
    for name, own in parts(program, argv, etcd):
        hidden = "" if whole else f"{program} has a configuration file as well, which is not at hand"
        if program == "rke2" or name in (KUBELET, KUBE_PROXY):
            hidden = hidden or f"{program} gives it more arguments, which are not at hand"
        component = Component(
            name, node, resource, own, NO_ENVIRONMENT, facts, place, hidden, distribution=program
        )
        yield made(component)


def _same(found: Sequence[Component], process: Component) -> int | None:
    """Which of the components seen in Pods a process is."""
    alike = [
        at for at, one in enumerate(found) if one.name == process.name and one.resource.kind != "DaemonSet"
    ]
    here = [at for at in alike if found[at].node == process.node]
    if here:
        return here[0]
    nowhere = [at for at in alike if not found[at].node or found[at].facts is None]
    return nowhere[0] if len(alike) == 1 and len(nowhere) == 1 and not found[nowhere[0]].node else None


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
