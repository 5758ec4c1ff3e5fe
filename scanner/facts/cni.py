"""Which network plugin a cluster runs, and whether it enforces NetworkPolicies.

Told by the images that run, the plugins' own kinds, OpenShift's configuration, what k3s does by itself and
the plugins that nodes' facts name. What each plugin does is its documentation's word.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from scanner.facts.components import API_SERVER, components
from scanner.facts.images import parse
from scanner.facts.index import NODE_FACTS, Index
from scanner.facts.platform import platform
from scanner.facts.settings import setting
from scanner.facts.subject import Subject, once
from scanner.facts.workload import Container, Workload
from scanner.fields import entries, text, texts, values

_ENFORCING = {
    "calico/node": "Calico",
    "mirrored-calico-node": "Calico",
    "hardened-calico": "Calico",
    "cilium/cilium": "Cilium",
    "mirrored-cilium-cilium": "Cilium",
    "antrea/antrea-agent": "Antrea",
    "antrea/antrea-agent-ubuntu": "Antrea",
    "antrea/antrea-ubuntu": "Antrea",
    "weaveworks/weave-npc": "Weave Net",
    "rajchaudhuri/weave-npc": "Weave Net",
    "cloudnativelabs/kube-router": "kube-router",
    "azure-npm": "Azure Network Policy Manager",
    "ovn-kubernetes": "OVN-Kubernetes",
    "ovn-kube-f": "OVN-Kubernetes",
    "ovn-kube-u": "OVN-Kubernetes",
    "kubeovn/kube-ovn": "Kube-OVN",
    "kube-network-policies": "kube-network-policies",
    "romana/agent": "Romana",
    "nsx-ncp": "NSX Container Plugin",
    "kindnetd": "kindnet",
}
"""The end of an image's repository → the plugin, of those that enforce policies."""
_IDLE = {
    "flannel/flannel": "Flannel",
    "mirrored-flannel-flannel": "Flannel",
    "coreos/flannel": "Flannel",
    "hardened-flannel": "Flannel",
    "amazon-k8s-cni": "Amazon VPC CNI",
    "azure-cni": "Azure CNI",
    "bridge-cni": "bridge",
}
"""The same of those that enforce none by themselves."""
_KINDS = {
    "crd.projectcalico.org": "Calico",
    "projectcalico.org": "Calico",
    "operator.tigera.io": "Calico",
    "cilium.io": "Cilium",
    "crd.antrea.io": "Antrea",
    "kubeovn.io": "Kube-OVN",
}
"""API group → the plugin that it belongs to."""
_FILES = {
    "calico": "Calico",
    "cilium-cni": "Cilium",
    "antrea": "Antrea",
    "weave-net": "Weave Net",
    "kube-ovn": "Kube-OVN",
    "ovn-k8s-cni-overlay": "OVN-Kubernetes",
}
"""Type of a plugin in a node's configuration → the plugin."""
_IDLE_FILES = {
    "flannel": "Flannel",
    "aws-cni": "Amazon VPC CNI",
    "bridge": "bridge",
    "azure-vnet": "Azure CNI",
}
_AWS_AGENT = "aws-network-policy-agent"
_AWS_FLAG = "--enable-network-policy"

_Sign = tuple[str, bool, Container | None]
"""A plugin, whether it enforces, and the container that told of it."""


@dataclass(slots=True)
class Plugin:
    """A network plugin that a cluster runs."""

    name: str
    enforces: bool = False
    """It enforces NetworkPolicies."""
    containers: list[Container] = field(default_factory=list)
    """Those that run it; there may be none, as where its kinds alone tell of it."""


def enforcement(index: Index, _unit: Subject) -> dict[str, Any]:
    """Over clusters: the plugins that enforce NetworkPolicies, and those that do not."""
    found = plugins(index).values()
    return {
        "enforcing": sorted(plugin.name for plugin in found if plugin.enforces),
        "idle": sorted(plugin.name for plugin in found if not plugin.enforces),
    }


@once
def plugins(index: Index) -> Mapping[str, Plugin]:
    """The plugins that were recognised, by name."""
    found: dict[str, Plugin] = {}
    for name, enforces, container in _all(index):
        plugin = found.setdefault(name, Plugin(name))
        plugin.enforces |= enforces
        if container is not None:
            plugin.containers.append(container)
    return found


def _all(index: Index) -> Iterator[_Sign]:
    for workload in index.workloads:
        yield from _running(workload)
    for name, enforces in (*_declared(index), *_of_distribution(index)):
        yield name, enforces, None


def _declared(index: Index) -> Iterator[tuple[str, bool]]:
    for resource in index.by_kind.get("CustomResourceDefinition.apiextensions.k8s.io", ()):
        group = text(resource.body, "spec", "group")
        if group in _KINDS:
            yield _KINDS[group], True
    for network in index.by_kind.get("Network.config.openshift.io", ()):
        kind = text(network.body, "status", "networkType") or text(network.body, "spec", "networkType")
        if kind in ("OVNKubernetes", "OpenShiftSDN"):
            yield f"OpenShift's {kind}", True
    for facts in index.by_kind.get(NODE_FACTS, ()):
        for _, plugin in entries(facts.body, "cni", "plugins"):
            kind = text(plugin, "type")
            if kind in _FILES:
                yield _FILES[kind], True
            elif kind in _IDLE_FILES:
                yield _IDLE_FILES[kind], False


def _running(workload: Workload) -> Iterator[_Sign]:
    for container in workload.containers:
        image = parse(text(container.body, "image"))
        if image is None or container.type == "init":
            continue
        repository = image["repository"]
        for end, name in _ENFORCING.items():
            if _ends(repository, end):
                yield name, True, container
        for end, name in _IDLE.items():
            if _ends(repository, end):
                yield name, False, container
        if _ends(repository, _AWS_AGENT):
            told = [str(argument) for argument in values(container.body, "args")]
            yield "Amazon VPC CNI", f"{_AWS_FLAG}=true" in told, container
        if container.name == "anetd" or workload.resource.name == "anetd":
            yield "GKE Dataplane V2", True, container


def _ends(repository: str, end: str) -> bool:
    return repository == end or repository.endswith(f"/{end}")


def _of_distribution(index: Index) -> Iterator[tuple[str, bool]]:
    """k3s brings a controller for policies of its own, unless it is told not to."""
    known = platform(index)
    if known is None or known.name != "k3s":
        return
    servers = [each for each in components(index) if each.name == API_SERVER]
    off = any(_is_off(index, each) for each in servers)
    yield "the controller of k3s", bool(servers) and not off


def _is_off(index: Index, server: Any) -> bool:
    found = setting(index, server, "disable-network-policy")
    argued = any(str(argument).startswith("--disable-network-policy") for argument, _ in server.argv)
    node = index.get("Node", "", server.node)
    annotations = texts(node.body, "metadata", "annotations") if node else {}
    return (
        bool(found and found.get("value") == "true")
        or argued
        or ("--disable-network-policy" in annotations.get("k3s.io/node-args", ""))
    )
