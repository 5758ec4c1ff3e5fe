"""NodeFacts from what the API already holds: nothing is asked of the nodes themselves."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import msgspec

from scanner.collect.interface import Resource
from scanner.collect.nodes import k3s, kubelet, redact
from scanner.collect.nodes.configs import Configs
from scanner.collect.nodes.kube_proxy import from_cluster
from scanner.collect.nodes.layout import KUBEADM, LAYOUTS, UNIT_FOLDERS
from scanner.collect.nodes.placed import roles_by_pods
from scanner.collect.nodes.processes import Process
from scanner.fields import mapping

API_VERSION = "kubeassay.dev/v1"
_CONTROL_PLANE_LABELS = ("node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/master")
_ETCD_LABEL = "node-role.kubernetes.io/etcd"
_ON_CONTROL_PLANE = (
    "apiserver.",
    "controller-manager.",
    "scheduler.",
    "etcd.",
    "admin.",
    "super-admin.",
    "pki.",
)
_ANNOTATED = ("k3s", "rke2")
_BY_FILES_SINCE = 30
"""The minor version since which k3s may configure its kubelet by files, which no annotation shows."""


def agentless(resources: Sequence[Resource]) -> list[Resource]:
    """NodeFacts of every Node that has none yet, each with the origin of its Node.

    Files are `not_collected`, processes are those that k3s writes into annotations, and kube-proxy's
    configuration is that of its ConfigMap.
    """
    have = {each.name for each in resources if each.kind == "NodeFacts" and each.api_version == API_VERSION}
    nodes = [each for each in resources if each.group_kind == "Node" and each.name not in have]
    if not nodes:
        return []
    proxies = from_cluster(resources)
    placed = roles_by_pods(resources)
    files: dict[tuple[str, bool], list[dict[str, Any]]] = {}
    found = []
    for node in nodes:
        facts = node_facts(node.body, files, placed.get(node.name, ()))
        for proxy in proxies:
            if proxy.runs_on(mapping(node.body, "metadata", "labels")):
                facts["configs"]["kubeProxy"] = proxy.document
                facts["collector"]["errors"] += [proxy.error] if proxy.error else []
        found.append(Resource(facts, node.origin))
    return found


def node_facts(
    node: Mapping[str, Any],
    files: dict[tuple[str, bool], list[dict[str, Any]]] | None = None,
    placed: Collection[str] = (),
) -> dict[str, Any]:
    """What one Node says of itself.

    `files` are entries that were made before, to be shared; `placed` are the roles that its Pods show.
    """
    labels = mapping(node, "metadata", "labels")
    annotations = mapping(node, "metadata", "annotations")
    info = mapping(node, "status", "nodeInfo")
    version = str(info.get("kubeletVersion") or "")
    layout = layout_of(node)
    errors: list[str] = []
    processes = _annotated(annotations, version, errors)
    if info.get("operatingSystem") == "windows":
        errors.append("the node runs Windows, which is not looked at")
    roles = _roles(labels, placed)
    found = next((each for each in processes if each.component == "kubelet"), None)
    known = kubelet.from_flags(found) if found else kubelet.Kubelet()
    shared = {} if files is None else files
    key = (layout, roles == ["worker"])
    if key not in shared:
        shared[key] = _not_collected(*key)
    return {
        "apiVersion": API_VERSION,
        "kind": "NodeFacts",
        "metadata": {"name": str(mapping(node, "metadata").get("name") or "")},
        "roles": roles,
        "distribution": {"minikube": "kubeadm"}.get(layout, layout) or "unknown",
        "kubernetesVersion": _number(version),
        "os": {
            "id": _text(info.get("operatingSystem")),
            "versionId": None,
            "kernel": _text(info.get("kernelVersion")),
            "image": _text(info.get("osImage")),
        },
        "collector": {"mode": "none", "errors": errors},
        "files": shared[key],
        "processes": [each.facts() for each in processes],
        "kubelet": known.facts(),
        "configs": Configs().documents,
        "cni": {"plugins": []},
    }


def layout_of(node: Mapping[str, Any]) -> str:
    """The layout of files that a Node has, by its version, labels and annotations; empty if none fits."""
    labels = mapping(node, "metadata", "labels")
    annotations = mapping(node, "metadata", "annotations")
    info = mapping(node, "status", "nodeInfo")
    version = str(info.get("kubeletVersion") or "")
    for sign, name in (("+k3s", "k3s"), ("+rke2", "rke2"), ("-eks-", "eks"), ("-gke.", "gke")):
        if sign in version:
            return name
    for label, name in (
        ("microk8s.io/cluster", "microk8s"),
        ("minikube.k8s.io/name", "minikube"),
        ("kubernetes.azure.com/cluster", "aks"),
        ("node.openshift.io/os_id", "openshift"),
        ("eks.amazonaws.com/nodegroup", "eks"),
        ("cloud.google.com/gke-nodepool", "gke"),
    ):
        if label in labels:
            return name
    if str(info.get("osImage") or "").startswith("Talos"):
        return "talos"
    return "kubeadm" if "kubeadm.alpha.kubernetes.io/cri-socket" in annotations else ""


def _annotated(annotations: Mapping[str, Any], version: str, errors: list[str]) -> list[Process]:
    """The components of k3s and RKE2 with the arguments in a Node's annotations."""
    for program in _ANNOTATED:
        argv = _strings(annotations.get(f"{program}.io/node-args"))
        if argv is None:
            if f"{program}.io/node-args" in annotations:
                errors.append(f"annotation {program}.io/node-args: it is no list of arguments")
            continue
        role = argv[0] if argv and argv[0] in ("server", "agent") else "server"
        told = k3s.settings(argv)
        told = {**_from_environment(annotations.get(f"{program}.io/node-env"), program), **told}
        folder = k3s.config_dir_path(told, program) if _minor(version) >= _BY_FILES_SINCE else ""
        if folder:
            errors.append(f"{folder}: the kubelet's configuration in this folder is not collected")
        found = k3s.components(program, role, told, "annotation", folder)
        # RKE2 runs the others as static Pods, which say themselves how they are started
        return [each for each in found if program == "k3s" or each.component == "kubelet"]
    return []


def _from_environment(text: Any, program: str) -> k3s.Settings:
    try:
        held = msgspec.json.decode(text) if isinstance(text, str) else {}
    except msgspec.DecodeError:
        return {}
    prefix = f"{program.upper()}_"
    names = {f"{prefix}DATA_DIR": "data-dir", f"{prefix}URL": "server"}
    names |= {f"{prefix}DATASTORE_ENDPOINT": "datastore-endpoint", f"{prefix}CLUSTER_INIT": "cluster-init"}
    if not isinstance(held, dict):
        return {}
    return {
        flag: [value] for name, flag in names.items() if isinstance(value := held.get(name), str) and value
    }


def _strings(text: Any) -> list[str] | None:
    try:
        return msgspec.json.decode(text, type=list[str]) if isinstance(text, str) else None
    except (msgspec.DecodeError, RecursionError):
        return None


def _not_collected(layout: str, worker: bool) -> list[dict[str, Any]]:
    """An entry for each role of a file, for none was looked at."""
    paths = {**KUBEADM, **LAYOUTS.get(layout, {})}
    return [
        {
            "role": role,
            "path": paths[role][0] if role != "kubelet.service" else f"{UNIT_FOLDERS[0]}/{paths[role][0]}",
            "status": "not_collected",
            **dict.fromkeys(("type", "mode", "uid", "gid", "user", "group", "content")),
            "redacted": False,
        }
        for role in sorted(paths)
        if role != "manifests" and not (worker and role.startswith(_ON_CONTROL_PLANE))
    ]


def _roles(labels: Mapping[str, Any], placed: Collection[str]) -> list[str]:
    labelled = any(label in labels for label in _CONTROL_PLANE_LABELS)
    found = ["control-plane"] if labelled or "control-plane" in placed else []
    found += ["etcd"] if _ETCD_LABEL in labels or "etcd" in placed else []
    return found or ["worker"]


def _number(version: str) -> str | None:
    found = re.match(r"v?(\d+\.\d+\.\d+)", version)
    return found[1] if found else None


def _minor(version: str) -> int:
    found = re.match(r"v?\d+\.(\d+)", version)
    return int(found[1]) if found else 1_000  # not known: as the newest


def _text(value: Any) -> str | None:
    return redact.text(value) if isinstance(value, str) and value else None


def named(resources: Iterable[Resource]) -> dict[str, dict[str, Any]]:
    """The bodies of the Nodes, by name."""
    return {each.name: each.body for each in resources if each.group_kind == "Node"}
