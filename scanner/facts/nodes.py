"""What NodeFacts tell of a node: its part in the cluster, and the processes of Kubernetes on it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from scanner.collect.interface import Path
from scanner.facts.command_line import NO_ENVIRONMENT, command, flags
from scanner.facts.defaults import kind_of
from scanner.fields import as_text, entries, text, values

HOW = "collect its facts with `kubeassay node collect` on the node, or scan with --nodes=job"
"""How to learn what a node's host alone can tell."""
PROGRAMS = {name: f"kube-{name}" for name in ("apiserver", "controller-manager", "scheduler")}
"""What NodeFacts call a component → its program, where that has another name."""
_MANIFESTS = {f"{name}.manifest" for name in PROGRAMS}
_ETCD_FILES = {"etcd.manifest", "etcd.data"}
CONTROL_PLANE_ROLES = {"control-plane", "master", "controlplane", "server"}
_JOINED = {"feature-gates", "tls-cipher-suites"}
"""Flags of which every value counts, not the last alone."""
_VERSION = re.compile(r"v?1\.(\d{1,4})(?:\.|$)")


@dataclass(frozen=True, slots=True)
class Flags:
    """The flags of a command line."""

    values: Mapping[str, str]
    """Flag, without dashes → its value; `true` for one without."""
    paths: Mapping[str, Path]
    """Flag → where in NodeFacts it stands."""
    unclear: Mapping[str, str] = field(default_factory=dict)
    """Flags that are given, yet whose values are not known → why."""


@dataclass(frozen=True, slots=True)
class Process:
    """A component's process, as NodeFacts tell of it."""

    source: str
    """`proc`, `mirror-pod`, `manifest`, `annotation` or `flagz`."""
    flags: Flags | None
    """None where its arguments are not known."""

    @property
    def is_static_pod(self) -> bool:
        """It was found as a static Pod."""
        return self.source in ("mirror-pod", "manifest")

    def flag(self, name: str) -> str:
        """A flag's value; empty where it is not given."""
        return self.flags.values.get(name, "") if self.flags else ""


def processes(body: Mapping[str, Any], component: str) -> Iterator[Process]:
    """The processes of a component (`kubelet`, `apiserver`, …) on a node."""
    for at, process in entries(body, "processes"):
        if text(process, "component") == component:
            yield Process(text(process, "source"), _parsed(component, at, values(process, "argv")))


def runs(body: Mapping[str, Any], *components: str) -> bool:
    """Whether one of the components has a process on a node."""
    return any(text(process, "component") in components for _, process in entries(body, "processes"))


def flags_of(told: Mapping[str, Any], base: Path) -> Flags:
    """Flags that NodeFacts hold by their names."""
    found = {name: as_text(value) for name, value in told.items()}
    known = {name: value for name, value in found.items() if value is not None}
    unclear = {name: "its value in NodeFacts is no text" for name in found if name not in known}
    return Flags(known, {name: (*base, name) for name in found}, unclear)


def _parsed(program: str, at: int, words: Sequence[object]) -> Flags | None:
    base: Path = ("processes", at, "argv")
    told = [(as_text(word), (*base, number)) for number, word in enumerate(words)]
    argv = [(word, path) for word, path in told if word is not None]
    if not argv or len(argv) != len(words):
        return None
    if argv[0][0].startswith("-"):
        argv = [(program, base), *argv]
    name = PROGRAMS.get(program, program)
    argv = list(command(argv, (name,), NO_ENVIRONMENT)) or argv
    uses, hidden = flags(argv, lambda name: _is_boolean(program, name), NO_ENVIRONMENT)
    if hidden:
        return None
    known: dict[str, str] = {}
    unclear: dict[str, str] = {}
    for name, each in uses.items():
        counted = each if name in _JOINED else each[-1:]
        values = [use.value for use in counted if use.value is not None]
        if len(values) < len(counted):
            unclear[name] = next(use.unclear for use in counted if use.value is None)
        else:
            known[name] = ",".join(values)
    return Flags(known, {name: each[-1].path for name, each in uses.items()}, unclear)


def _is_boolean(program: str, name: str) -> bool | None:
    kind = kind_of(program, name)
    return None if kind is None else kind == "boolean"


def distribution(body: Mapping[str, Any]) -> str:
    """What the node was installed with, such as `kubeadm`, `k3s`, `rke2` or `eks`; empty if not known."""
    return text(body, "distribution").lower()


def minor(body: Mapping[str, Any]) -> int | None:
    """The minor version of the node's Kubernetes, such as 34; None if it is not known."""
    found = _VERSION.match(text(body, "kubernetesVersion"))
    return int(found[1]) if found else None


def only_from_api(body: Mapping[str, Any]) -> bool:
    """Nobody looked on the node's host."""
    return text(body, "collector", "mode") in ("api", "none")


def roles(body: Mapping[str, Any]) -> set[str]:
    """The node's roles."""
    return {role for role in values(body, "roles") if isinstance(role, str) and role}


def runs_control_plane(body: Mapping[str, Any]) -> bool | None:
    """Whether the node runs an API server; None if that is not known."""
    if runs(body, *PROGRAMS) or _has_file(body, _MANIFESTS):
        return True
    known = roles(body)
    return bool(known & CONTROL_PLANE_ROLES) if known else None


def runs_etcd(body: Mapping[str, Any]) -> bool | None:
    """Whether etcd runs on the node; None if that is not known."""
    if runs(body, "etcd") or _has_file(body, _ETCD_FILES):
        return True
    known = roles(body)
    if "etcd" in known:
        return True
    looked = {text(entry, "role") for _, entry in entries(body, "files") if entry.get("status") == "absent"}
    if runs_control_plane(body) is False or looked >= _ETCD_FILES:
        return False
    return None


def _has_file(body: Mapping[str, Any], wanted: Collection[str]) -> bool:
    return any(e.get("status") == "ok" and text(e, "role") in wanted for _, e in entries(body, "files"))
