"""The running parts of Kubernetes that nodes tell of: processes of NodeFacts, and annotations of Nodes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from scanner.collect.interface import Path, Resource
from scanner.facts.command_line import NO_ENVIRONMENT, Argv, Environment, command
from scanner.facts.component import (
    API_SERVER,
    CONTROLLER_MANAGER,
    IN_PODS,
    KUBE_PROXY,
    KUBELET,
    SCHEDULER,
    Component,
    made,
)
from scanner.facts.index import Index
from scanner.facts.single_program import PROGRAMS as SINGLE_PROGRAMS
from scanner.facts.single_program import parts
from scanner.fields import as_text, entries, mapping, text, values
from scanner.fields import field as at_path

_OF_FACTS = {"apiserver": API_SERVER, "controller-manager": CONTROLLER_MANAGER, "scheduler": SCHEDULER}
"""NodeFacts' names of components → their programs'."""


def from_facts(facts: Mapping[str, Resource]) -> Iterator[Component]:
    """Every component among the processes of NodeFacts."""
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
            why = text(process, "incomplete")
            program = PurePosixPath(argv[0][0]).name if argv else ""
            name = text(process, "component")
            if program in SINGLE_PROGRAMS or name in SINGLE_PROGRAMS:
                whole = text(process, "source") == "annotation"
                yield from _within(resource, argv, resource.name, resource, (*base, "argv"), whole, False)
                continue
            name = _OF_FACTS.get(name, name)
            if name not in (*IN_PODS, KUBELET):
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
                    Environment(env, {"*": why} if why else {}),
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


def from_annotations(index: Index, facts: Mapping[str, Resource]) -> Iterator[Component]:
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
