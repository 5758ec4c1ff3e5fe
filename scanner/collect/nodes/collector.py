"""Reads a node's host and puts together what is known of it.

facts = collect(Options(root="/host", node_name="n1"))
"""

from __future__ import annotations

import platform
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from scanner.collect.nodes import (
    cni,
    configs,
    etcd_config,
    files,
    k3s,
    kubelet,
    microk8s,
    service,
    system,
)
from scanner.collect.nodes.entries import Files
from scanner.collect.nodes.layout import KUBEADM, LAYOUTS
from scanner.collect.nodes.names import Names
from scanner.collect.nodes.processes import Process, Running, running
from scanner.collect.nodes.root import NotRead, Root
from scanner.collect.nodes.static_pods import StaticPod, static_pods
from scanner.text import one_line

API_VERSION = "kubeassay.dev/v1"
_MAX_ERRORS = 500


@dataclass(frozen=True, slots=True)
class Options:
    """What to read."""

    root: str = "/"
    """The folder in which the host's files are."""
    only: Sequence[str] = ()
    """The folders of the host that are there at all, where it is not all of them."""
    node_name: str = ""
    """The name that the cluster has for the node; the host's own name if empty."""
    timeout: float = 30.0
    """Seconds after which what is left is not collected."""


def collect(options: Options) -> dict[str, Any]:
    """The NodeFacts of a host. Raises OSError if its root folder cannot be opened."""
    errors: list[str] = []
    deadline = time.monotonic() + options.timeout
    with ExitStack() as stack:
        root = Root(options.root, options.only, deadline)
        stack.callback(root.close)
        proc = _proc(root, deadline, errors)
        if proc:
            stack.callback(proc.close)
        return _collect(root, proc, options.node_name, errors)


def _collect(root: Root, proc: Root | None, node_name: str, errors: list[str]) -> dict[str, Any]:
    names = Names(root)
    errors += names.errors
    seen = running(proc) if proc else Running()
    errors += seen.errors
    about = system.operating_system(root, errors)
    about["kernel"] = _kernel(proc)
    layout = system.layout_name(root, seen, about["id"])
    processes = [*seen.processes, *_embedded(root, seen, errors)]
    pods = _static_pods(root, layout, processes, errors)
    processes += _with_manifests(processes, pods)
    _with_units(root, processes, errors)
    if not seen.processes and not seen.supervisors:
        errors.append(
            "no process of Kubernetes was seen in /proc: a container needs hostPID to see the host's"
        )

    node_kubelet = next((each for each in processes if each.component == "kubelet"), None)
    kubelet_facts = kubelet.read(root, node_kubelet, errors) if node_kubelet else kubelet.Kubelet()
    found = configs.Configs()
    for process in processes:
        if process.component == "apiserver":
            configs.read_apiserver(root, process, found, errors)
        elif process.component == "kube-proxy":
            configs.read_kube_proxy(root, process, found, errors)
        elif process.component == "etcd":
            configs.read_etcd(root, process, found, errors)
        elif process.component == "scheduler":
            configs.read_scheduler(root, process, found, errors)
    entries = Files(root, names, errors)
    folder = files.collect(entries, root, layout, processes, pods, kubelet_facts, found, errors)
    plugins = cni.plugins(root, folder, errors)

    facts: dict[str, Any] = {
        "apiVersion": API_VERSION,
        "kind": "NodeFacts",
        "metadata": {"name": node_name or platform.node()},
        "roles": system.roles(each.component for each in processes),
        "distribution": system.distribution(layout),
        "kubernetesVersion": system.version(root, layout, seen, pods),
        "os": about,
        "collector": {"mode": "job", "errors": _distinct(errors)},
        "files": entries.entries,
        "processes": [each.facts() for each in processes],
        "kubelet": kubelet_facts.facts(),
        "configs": found.documents,
        "cni": {"plugins": plugins},
    }
    return {name: _valid(value) for name, value in facts.items()}


def _proc(root: Root, deadline: float, errors: list[str]) -> Root | None:
    """The host's /proc: below the root, else, where a container has but some folders, the container's own."""
    try:
        inside = root.sub("/proc")
        if inside.names("/", 1)[0]:
            return inside
        inside.close()
    except NotRead as error:
        if error.status not in ("absent", "not_collected"):
            errors.append(f"/proc: {error}")
    try:
        return Root("/proc", (), deadline) if root.is_partial else None
    except OSError as error:
        errors.append(f"/proc: {error.strerror}")
        return None


def _kernel(proc: Root | None) -> str | None:
    try:
        return proc.head("/sys/kernel/osrelease", 200).decode("utf-8", "replace").strip() if proc else None
    except NotRead:
        return None


def _embedded(root: Root, seen: Running, errors: list[str]) -> list[Process]:
    """The components that run inside of one process."""
    found: list[Process] = []
    for process in seen.supervisors:
        if process.component == "microk8s":
            found += microk8s.components(root, process.argv, errors)
        elif process.component == "k3s":
            found += _parts_of_k3s(root, process, errors)
    known = {each.component for each in seen.processes}
    return [each for each in found if each.component not in known]


def _parts_of_k3s(root: Root, process: Process, errors: list[str]) -> list[Process]:
    told, known = k3s.on_node(root, "k3s", process.argv, process.unit, errors)
    if _is_there(root, k3s.etcd_config_path(told)):  # a member stays one without being told again
        told = {**told, "cluster-init": ["true"]}
    found = k3s.components("k3s", process.argv[1], told, "proc", k3s.config_dir(root, told))
    _configure_etcd(root, found, k3s.etcd_config_path(told), errors)
    if not known:
        for each in found:
            each.argv = []  # that it runs is known, what it was told is not
    return found


def _is_there(root: Root, path: str) -> bool:
    try:
        return root.find(path).type == "file"
    except NotRead:
        return False


def _configure_etcd(root: Root, found: Sequence[Process], path: str, errors: list[str]) -> None:
    """Give the etcd inside of k3s the settings of its file, in place of those that k3s writes by default."""
    for process in found:
        if process.component == "etcd":
            document = etcd_config.read(root, path, errors)
            told = etcd_config.as_flags(document) if document else {}
            if told:
                process.argv[1:] = [f"--{name}={value}" for name, value in told.items()]


def _static_pods(root: Root, layout: str, processes: Sequence[Process], errors: list[str]) -> list[StaticPod]:
    """The static Pods in the folder that the kubelet is told of, else in the distribution's."""
    folder = ""
    for process in processes:
        if process.component == "kubelet":
            told = kubelet.read(root, process, [])
            folder = told.static_pods() or folder
    folders = [folder] if folder else {**KUBEADM, **LAYOUTS.get(layout, {})}["manifests"]
    return [pod for each in folders for pod in static_pods(root, each, errors)]


def _with_manifests(processes: Sequence[Process], pods: Sequence[StaticPod]) -> list[Process]:
    """Give the running processes what their manifests add; those that only manifests know."""
    others: list[Process] = []
    for pod in pods:
        same = [each for each in processes if each.component == pod.process.component]
        for process in same:
            if process.pod:
                process.mounts = pod.process.mounts
                if process.incomplete:
                    process.env, process.incomplete = pod.process.env, ""
        if not same:
            others.append(pod.process)
    return others


def _valid(value: Any) -> Any:
    """The value with what is no valid Unicode escaped, so that it can be written."""
    if isinstance(value, dict):
        return {_valid(key): _valid(held) for key, held in value.items()}
    if isinstance(value, list):
        return [_valid(held) for held in value]
    return value.encode("utf-8", "backslashreplace").decode() if isinstance(value, str) else value


def _with_units(root: Root, processes: Sequence[Process], errors: list[str]) -> None:
    """Give the processes whose environment may not be read the one that their unit sets."""
    for process in processes:
        if process.incomplete and process.unit:
            variables = service.environment(root, process.unit, errors)
            if variables is not None:
                process.env = {name: each for name, each in variables.items() if name.startswith("ETCD_")}
                process.incomplete = ""
        if process.incomplete:
            errors.append(process.incomplete)


def _distinct(errors: Sequence[str]) -> list[str]:
    lines = list(dict.fromkeys(one_line(error)[:1_000] for error in errors))
    if len(lines) > _MAX_ERRORS:
        return [*lines[:_MAX_ERRORS], f"and {len(lines) - _MAX_ERRORS:,} more errors"]
    return lines
