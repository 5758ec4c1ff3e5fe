"""Which network plugin a cluster runs, and whether it enforces NetworkPolicies.

Told by the images that run, the plugins' own kinds, OpenShift's configuration, what k3s does by itself and
the plugins that nodes' facts name. What each plugin does is its documentation's word.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scanner.collect.interface import Resource
from scanner.facts.cni_features import IPBLOCK_PODS, heeds
from scanner.facts.components import API_SERVER, components
from scanner.facts.images import parse
from scanner.facts.index import NODE_FACTS, Index
from scanner.facts.network.policies import CLUSTER_NETWORK_POLICY
from scanner.facts.node_files import parsed
from scanner.facts.platform import platform
from scanner.facts.settings import setting
from scanner.facts.subject import Subject, once
from scanner.facts.workload import Workload
from scanner.fields import entries, field, text, texts, values

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


def enforcement(index: Index, _unit: Subject) -> dict[str, Any]:
    """Over clusters: the plugins that enforce NetworkPolicies, and those that do not."""
    found = plugins(index)
    return {
        "enforcing": sorted(name for name, enforces in found.items() if enforces),
        "idle": sorted(name for name, enforces in found.items() if not enforces),
    }


@once
def plugins(index: Index) -> Mapping[str, bool]:
    """Network plugin of the cluster → whether it enforces NetworkPolicies."""
    found: dict[str, bool] = {}
    for name, enforces in _all(index):
        found[name] = found.get(name, False) or enforces
    return found


def admin_policies(index: Index, unit: Subject) -> dict[str, str]:
    """Over AdminNetworkPolicies and their like: `served`, whether the cluster has the kind, and `heeded`,
    whether its network plugin does what they say, both `yes`, `no` or `unknown`, the latter with `why`.
    """
    kind = unit.resource.group_kind
    known = plugins(index)
    names = [name for name in sorted(known) if known[name]] or sorted(known)
    answers = [heeds(name, kind, _tags(index).get(name, ()), _is_on(index, name, kind)) for name in names]
    found = [heeded for heeded, _ in answers]
    heeded = "yes" if True in found else "no" if found and None not in found else "unknown"
    why = "; ".join(why for answer, why in answers if answer is (False if heeded == "no" else None))
    return {
        "kind": unit.resource.kind,
        "served": _served(index, unit.resource),
        "heeded": heeded,
        "why": why or "no network plugin was recognised",
    }


def ipblock_pods(index: Index) -> tuple[str, bool] | None:
    """A plugin of the cluster, and whether its `ipBlock`s match pods; None where that is not known."""
    found = [(name, IPBLOCK_PODS[name]) for name in sorted(plugins(index)) if name in IPBLOCK_PODS]
    return found[0] if len({matches for _, matches in found}) == 1 else None


def _served(index: Index, policy: Resource) -> str:
    """Whether the API server has the policy's kind; a policy that is read from one shows it."""
    group, kind = policy.group_kind.partition(".")[2], policy.kind
    collected = values(index.cluster.body, "kinds") if index.cluster else []
    definitions = index.by_kind.get("CustomResourceDefinition.apiextensions.k8s.io", ())
    served = [(text(one, "group"), text(one, "kind")) for one in collected if isinstance(one, dict)]
    served += [
        (text(one.body, "spec", "group"), text(one.body, "spec", "names", "kind")) for one in definitions
    ]
    if (group, kind) in served or text(policy.body, "metadata", "uid"):
        return "yes"
    return "no" if served else "unknown"


@once
def _tags(index: Index) -> Mapping[str, set[str]]:
    """Plugin → the tags of its images."""
    found: dict[str, set[str]] = {}
    for workload in index.workloads:
        for container in workload.containers:
            image = parse(text(container.body, "image"))
            if image is None or container.type == "init":
                continue
            for end, name in _ENFORCING.items():
                if _ends(image["repository"], end):
                    found.setdefault(name, set()).add(image["tag"])
    return found


def _is_on(index: Index, plugin: str, kind: str) -> bool | None:
    """Whether the switch of a plugin for a kind of policy is on; None where nothing tells."""
    if plugin == "kube-network-policies":
        build = "npa-v1alpha2" if kind == CLUSTER_NETWORK_POLICY else "npa-v1alpha1"
        return any(build in tag for tag in _tags(index).get(plugin, ())) or None
    for config in index.by_kind.get("ConfigMap", ()):
        if plugin == "Cilium" and config.name == "cilium-config":
            return text(config.body, "data", "enable-k8s-cluster-network-policy") == "true"
        if plugin == "Antrea" and config.name.startswith("antrea-config"):
            gate = "ClusterNetworkPolicy" if kind == CLUSTER_NETWORK_POLICY else "AdminNetworkPolicy"
            controller = parsed(text(config.body, "data", "antrea-controller.conf"))
            return None if controller is None else field(controller, "featureGates", gate) is True
    return None


def _all(index: Index) -> Iterator[tuple[str, bool]]:
    for workload in index.workloads:
        yield from _running(workload)
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
    yield from _of_distribution(index)


def _running(workload: Workload) -> Iterator[tuple[str, bool]]:
    for container in workload.containers:
        image = parse(text(container.body, "image"))
        if image is None or container.type == "init":
            continue
        repository = image["repository"]
        for end, name in _ENFORCING.items():
            if _ends(repository, end):
                yield name, True
        for end, name in _IDLE.items():
            if _ends(repository, end):
                yield name, False
        if _ends(repository, _AWS_AGENT):
            told = [str(argument) for argument in values(container.body, "args")]
            yield "Amazon VPC CNI", f"{_AWS_FLAG}=true" in told
        if container.name == "anetd" or workload.resource.name == "anetd":
            yield "GKE Dataplane V2", True


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
