"""What a node is: operating system, distribution and version of Kubernetes, its part in the cluster."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from scanner.collect.nodes.processes import Running
from scanner.collect.nodes.root import NotRead, Root
from scanner.collect.nodes.static_pods import StaticPod

_VERSION = re.compile(r"v?(\d+\.\d+\.\d+)(?=$|[-+_@/.]|\s)")
_SIGNS = (
    ("rke2", ("/var/lib/rancher/rke2", "/etc/rancher/rke2")),
    ("k3s", ("/var/lib/rancher/k3s", "/etc/rancher/k3s")),
    ("microk8s", ("/var/snap/microk8s",)),
    ("minikube", ("/var/lib/minikube",)),
    (
        "eks",
        ("/etc/eks", "/etc/kubernetes/kubelet/config.json", "/etc/kubernetes/kubelet/kubelet-config.json"),
    ),
    ("gke", ("/home/kubernetes/kubelet-config.yaml", "/home/kubernetes/bin/kubelet")),
    ("aks", ("/etc/kubernetes/azure.json", "/etc/default/kubeletconfig.json")),
    ("openshift", ("/etc/kubernetes/static-pod-resources", "/etc/machine-config-daemon")),
    (
        "kubeadm",
        ("/etc/kubernetes/kubelet.conf", "/var/lib/kubelet/kubeadm-flags.env", "/etc/kubernetes/admin.conf"),
    ),
)
_SYSTEMS = {"talos": "talos", "bottlerocket": "eks", "rhcos": "openshift"}
_NAMES = {"minikube": "kubeadm"}


def operating_system(root: Root, errors: list[str]) -> dict[str, str | None]:
    """`id` and `versionId` of os-release, and the release of the kernel that runs; null where not known."""
    release: dict[str, str] = {}
    for path in ("/etc/os-release", "/usr/lib/os-release"):
        try:
            content = root.read(path, 1 << 16).decode("utf-8", "replace")
        except NotRead as error:
            if error.status == "denied":
                errors.append(f"{path}: {error}")
            continue
        for line in content.split("\n"):
            name, equals, value = line.partition("=")
            if equals:
                release[name.strip()] = value.strip().strip("\"'")[:200]
        break
    return {"id": release.get("ID"), "versionId": release.get("VERSION_ID"), "kernel": None}


def layout_name(root: Root, running: Running, system: str | None) -> str:
    """Which layout of files this node has: by what runs, else by what is there; empty if none fits."""
    for process in running.supervisors:
        return process.component
    if system in _SYSTEMS:
        return _SYSTEMS[system]
    return next((name for name, paths in _SIGNS if any(_is_there(root, path) for path in paths)), "")


def distribution(layout: str) -> str:
    """The name of the distribution with a layout; `unknown` if none fits."""
    return _NAMES.get(layout, layout) or "unknown"


def version(root: Root, layout: str, running: Running, pods: Iterable[StaticPod]) -> str | None:
    """The version of Kubernetes, without `v` and build; None where nothing tells it."""
    hints = [pod.image.rpartition(":")[2] for pod in pods if pod.process.component != "etcd"]
    hints += [process.argv[0] for process in running.processes if process.component == "kubelet"]
    if layout == "rke2":
        hints += _names(root, "/var/lib/rancher/rke2/data")
    if layout == "microk8s":
        try:
            snap = root.read("/snap/microk8s/current/meta/snap.yaml", 1 << 16).decode("utf-8", "replace")
        except NotRead:
            snap = ""
        hints += [line.partition(":")[2].strip() for line in snap.split("\n") if line.startswith("version:")]
    return next((found[1] for hint in hints if (found := _VERSION.search(hint))), None)


def roles(components: Iterable[str]) -> list[str]:
    """What a node is for, from what runs on it: `control-plane`, `etcd`, or `worker` if it is neither."""
    running = set(components)
    found = ["control-plane"] if running & {"apiserver", "controller-manager", "scheduler"} else []
    found += ["etcd"] if "etcd" in running else []
    return found or (["worker"] if running & {"kubelet", "kube-proxy"} else [])


def _names(root: Root, folder: str) -> list[Any]:
    try:
        return sorted(root.names(folder)[0], reverse=True)
    except NotRead:
        return []


def _is_there(root: Root, path: str) -> bool:
    try:
        root.find(path)
    except NotRead:
        return False
    return True
