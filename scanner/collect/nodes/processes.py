"""The processes of Kubernetes that run on a node, from its /proc."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from scanner.collect.nodes import redact
from scanner.collect.nodes.root import NotRead, OutOfTime, Root, escaped

COMPONENTS = {
    "kube-apiserver": "apiserver",
    "apiserver": "apiserver",
    "kube-controller-manager": "controller-manager",
    "controller-manager": "controller-manager",
    "kube-scheduler": "scheduler",
    "scheduler": "scheduler",
    "etcd": "etcd",
    "kubelet": "kubelet",
    "kube-proxy": "kube-proxy",
    "proxy": "kube-proxy",
}
"""A program's name, or a word after `hyperkube`, and the component that it is."""
_PROGRAMS = {name for name in COMPONENTS if name.startswith("kube") or name == "etcd"}
_DISTRIBUTIONS = {"k3s": "k3s", "rke2": "rke2", "kubelite": "microk8s"}
_MAX_PROCESSES = 100_000
_MAX_ARGUMENTS = 256 << 10
_POD = re.compile(
    r"pod([0-9a-f]{8}[-_][0-9a-f]{4}[-_][0-9a-f]{4}[-_][0-9a-f]{4}[-_][0-9a-f]{12}|[0-9a-f]{32})"
)
_UNIT = re.compile(r"/([^/]+\.service)(?:/|$)")


@dataclass(slots=True)
class Process:
    """A component that runs, or is told to run, on the node."""

    component: str
    """`apiserver`, `controller-manager`, `scheduler`, `etcd`, `kubelet` or `kube-proxy`."""
    argv: list[str]
    """Its command line as it is, with secrets: for our own eyes only."""
    source: str = "proc"
    """`proc`, or `manifest` for one of which only the static Pod's manifest was read."""
    env: dict[str, str] = field(default_factory=dict)
    """For etcd its ETCD_ variables."""
    pod: str = ""
    """The uid of the Pod that it runs in; empty on the host itself."""
    owner: int = 0
    """The uid that it runs as."""
    unit: str = ""
    """The systemd unit that it runs in."""
    incomplete: str = ""
    """Why it may be told more than its arguments and `env` say; empty if it is not."""
    mounts: dict[str, str] = field(default_factory=dict)
    """A folder or file of its container → where the host has it."""

    def facts(self) -> dict[str, Any]:
        """The entry of NodeFacts."""
        entry: dict[str, Any] = {
            "component": self.component,
            "source": self.source,
            "argv": redact.arguments([escaped(each) for each in self.argv]),
            "env": {name: redact.environment(name, escaped(value)) for name, value in self.env.items()},
        }
        return {**entry, "incomplete": self.incomplete} if self.incomplete else entry


@dataclass(slots=True)
class Running:
    """What runs on the node."""

    processes: list[Process] = field(default_factory=list)
    supervisors: list[Process] = field(default_factory=list)
    """k3s, rke2 and MicroK8s' kubelite: one process that is, or starts, several components."""
    errors: list[str] = field(default_factory=list)


def running(proc: Root) -> Running:
    """Every component in a /proc.

    A component in a Pod that is no static one belongs to another cluster whose control plane is hosted here,
    or only calls itself so; kube-proxy alone is run as an ordinary Pod.
    """
    result = Running()
    try:
        names, all_of_them = proc.names("/", _MAX_PROCESSES)
    except NotRead as error:
        result.errors.append(f"/proc: {error}: no processes")
        return result
    if not all_of_them:
        result.errors.append(f"/proc: only {_MAX_PROCESSES:,} processes were looked at")
    for pid in sorted((name for name in names if name.isascii() and name.isdigit()), key=int):
        try:
            process = _process(proc, pid, result.errors)
        except OutOfTime:
            result.errors.append("/proc: the time that was given is over (--timeout)")
            break
        except NotRead:
            continue  # it has ended, or is a thread of the kernel
        if process is None:
            continue
        ordinary = "-" in process.pod  # the uid of a static Pod is a hash
        if ordinary and process.component != "kube-proxy":
            result.errors.append(
                f"process {pid} ({process.component}) runs in an ordinary Pod: it is not this node's"
            )
        elif process.component in _DISTRIBUTIONS.values():
            result.supervisors.append(process)
        else:
            result.processes.append(process)
    result.processes = of_root(result.processes, result.errors)
    return result


def of_root(processes: list[Process], errors: list[str]) -> list[Process]:
    """Without the processes of other users that call themselves as one of root's does."""
    of_root = {each.component for each in processes if each.owner == 0}
    kept = []
    for process in processes:
        if process.owner and process.component in of_root and not process.pod:
            errors.append(
                f"a process of user {process.owner} that calls itself {process.component} is left out"
            )
        else:
            kept.append(process)
    return kept


def recognise(argv: Sequence[str]) -> str:
    """The component or distribution that a command line starts; empty if it is something else."""
    if not argv:
        return ""
    program = os.path.basename(argv[0])  # noqa: PTH119
    words = [argument for argument in argv[1:] if not argument.startswith("-")]
    first = words[0] if words else ""
    if program in _PROGRAMS:
        return COMPONENTS[program]
    if program == "hyperkube":
        return COMPONENTS.get(first, "")
    if program in ("k3s", "rke2"):
        return program if argv[1:] and argv[1] in ("server", "agent") else ""
    return _DISTRIBUTIONS.get(program, "")


def _process(proc: Root, pid: str, errors: list[str]) -> Process | None:
    argv = command_line(proc.head(f"/{pid}/cmdline", _MAX_ARGUMENTS))
    component = recognise(argv)
    if not component:
        return None
    process = Process(component, argv, owner=proc.find(f"/{pid}").status.st_uid)
    try:
        groups = proc.head(f"/{pid}/cgroup", 1 << 16).decode("utf-8", "replace")
    except NotRead as error:
        errors.append(f"/proc/{pid}/cgroup: {error}")
        groups = ""
    if pod := _POD.search(groups):
        process.pod = pod[1].replace("_", "-")
    elif units := _UNIT.findall(groups):
        process.unit = units[-1]
    if component == "etcd":
        try:
            process.env = _environment(proc.head(f"/{pid}/environ", _MAX_ARGUMENTS))
        except OutOfTime:
            raise
        except NotRead as error:
            process.incomplete = f"/proc/{pid}/environ: {error}: etcd's environment is not known"
    return process


def command_line(content: bytes) -> list[str]:
    """The arguments in a `cmdline`; a program that gave itself a title has all of them in one."""
    argv = [os.fsdecode(each) for each in content.rstrip(b"\0").split(b"\0")]
    return argv[0].split() if len(argv) == 1 else argv


def _environment(content: bytes) -> dict[str, str]:
    pairs = (os.fsdecode(each).partition("=") for each in content.split(b"\0"))
    return {name: value for name, _, value in pairs if name.startswith("ETCD_")}
