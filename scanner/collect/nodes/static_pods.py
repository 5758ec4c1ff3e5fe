"""Static Pods: the manifests from which the kubelet runs the control plane."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from scanner.collect.nodes.documents import documents
from scanner.collect.nodes.processes import Process, recognise
from scanner.collect.nodes.root import NotRead, Root, escaped

_SUFFIXES = (".yaml", ".yml", ".json", ".manifest")
_MAX_MANIFESTS = 100
_WRAPPERS = {
    "sh",
    "bash",
    "ash",
    "dash",
    "env",
    "exec",
    "tini",
    "dumb-init",
    "go-runner",
    "watch-termination",
}


@dataclass(frozen=True, slots=True)
class StaticPod:
    """A component that a manifest tells the kubelet to run."""

    process: Process
    path: str
    """The manifest."""
    image: str


def static_pods(root: Root, folder: str, errors: list[str]) -> list[StaticPod]:
    """The components in a folder of manifests; no such folder is no error."""
    try:
        names, all_of_them = root.names(folder)
    except NotRead as error:
        if error.status != "absent":
            errors.append(f"{escaped(folder)}: {error}")
        return []
    # the kubelet passes over names that begin with a dot, but reads every other file, whatever its suffix
    names = [name for name in names if not name.startswith(".")]
    if not all_of_them or len(names) > _MAX_MANIFESTS:
        errors.append(f"{escaped(folder)}: only {_MAX_MANIFESTS} of its manifests were read")
        names = sorted(names, key=lambda name: (not name.endswith(_SUFFIXES), name))[:_MAX_MANIFESTS]
    found = []
    for name in names:
        path = f"{folder}/{name}"
        try:
            if root.find(path).type != "file":
                continue
        except NotRead as error:
            errors.append(f"{escaped(path)}: {error}")
            continue
        for document in documents(root, path, errors):
            found += [StaticPod(process, path, image) for process, image in _components(document)]
    return found


def _components(pod: object) -> Iterator[tuple[Process, str]]:
    if not isinstance(pod, dict) or pod.get("kind") != "Pod":
        return
    spec = pod.get("spec")
    if not isinstance(spec, dict):
        return
    volumes = dict(_host_paths(spec.get("volumes")))
    for container in mappings(spec.get("containers")):
        command, arguments = texts(container.get("command")), texts(container.get("args"))
        argv = unwrapped([*command, *arguments])
        component = recognise(argv)
        if not component or component in ("k3s", "rke2", "microk8s"):
            continue
        env = {
            each["name"]: each["value"]
            for each in mappings(container.get("env"))
            if isinstance(each.get("name"), str) and isinstance(each.get("value"), str)
            if each["name"].startswith("ETCD_")
        }
        mounts = {
            each["mountPath"]: volumes[str(each.get("name"))]
            for each in mappings(container.get("volumeMounts"))
            if isinstance(each.get("mountPath"), str) and str(each.get("name")) in volumes
        }
        process = Process(component, argv, "manifest", env if component == "etcd" else {}, mounts=mounts)
        yield process, str(container.get("image") or "")


def unwrapped(argv: list[str]) -> list[str]:
    """The program itself where a shell (`sh -c 'exec kube-apiserver …'`) or a wrapper starts it."""
    rest = list(argv)
    while rest and not recognise(rest):
        word = rest.pop(0)
        if word == "-c" and rest:
            rest[:1] = rest[0].split()
        elif not word.startswith("-") and word.rpartition("/")[2] not in _WRAPPERS:
            return argv
    return rest or argv


def host_path(process: Process, path: str) -> str:
    """Where the host has what a process in a container calls `path`; the path itself if nothing is known."""
    path = os.path.normpath(path)
    for at in sorted(process.mounts, key=len, reverse=True):
        base = os.path.normpath(at)
        if path == base or path.startswith(base.rstrip("/") + "/"):
            return os.path.normpath(process.mounts[at] + path[len(base.rstrip("/")) :])
    return path


def _host_paths(volumes: object) -> Iterator[tuple[str, str]]:
    for volume in mappings(volumes):
        source = volume.get("hostPath")
        if isinstance(source, Mapping) and isinstance(source.get("path"), str):
            yield str(volume.get("name")), source["path"]


def mappings(value: object) -> list[dict[str, Any]]:
    """The items of a list that are mappings."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def texts(value: object) -> list[str]:
    """The items of a list that are texts."""
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []
