"""Where kube-proxy serves its metrics: by its flags, and its configuration in a ConfigMap or NodeFacts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from scanner.collect.interface import Path, Resource
from scanner.facts.components import KUBE_PROXY, Component, component_of, version
from scanner.facts.defaults import default_of
from scanner.facts.index import NODE_FACTS, SYSTEM_NAMESPACE, Index, namespace_of
from scanner.facts.node_files import parsed
from scanner.facts.nodes import HOW
from scanner.facts.subject import Subject
from scanner.fields import entries, field, mapping, text

_PORT = re.compile(r":\d{1,5}$")
_FLAG = "metrics-bind-address"
_WITHOUT_OWN = {"k3s"}
"""Distributions that give kube-proxy no address for its metrics, so that its default holds."""


def metrics(index: Index, unit: Subject) -> dict[str, Any]:
    """Where the kube-proxy that is judged serves its metrics.

    `address` (as it is written), `host` (without the port; empty for every address of the node), `source`,
    for people, or `unknown` with the reason; and `path`, where in the object it stands.
    """
    component = component_of(unit)
    given = component.flags.get("config")
    if given and given[-1].value != "":
        return _of_file(index, component, given[-1].value, given[-1].path)
    found = component.flags.get(_FLAG)
    if found:
        use = found[-1]
        if use.value is None:
            return {"unknown": f"its flag --{_FLAG}: {use.unclear}", "path": list(use.path)}
        return _of(index, component, use.value, f"its flag --{_FLAG}", use.path)
    held = _held_by_node(component)
    if held is not None:
        return _of(index, component, held.get("metricsBindAddress"), *_IN_FACTS)
    if component.hidden and component.distribution not in _WITHOUT_OWN:
        return {"unknown": f"{component.hidden}: {HOW}", "path": list(component.place)}
    return _of(index, component, None, "", component.place)


_IN_FACTS: tuple[str, Path] = ("its configuration file", ("configs", "kubeProxy", "metricsBindAddress"))


def _held_by_node(component: Component) -> Mapping[str, Any] | None:
    held = field(component.facts.body, "configs", "kubeProxy") if component.facts else None
    return held if isinstance(held, dict) else None


def _of_file(index: Index, component: Component, file: str | None, path: Path) -> dict[str, Any]:
    """By the file of `--config`, beside which the flag counts for nothing."""
    held = _held_by_node(component)
    if held is not None:
        place = _IN_FACTS[1] if component.resource is component.facts else path
        return _of(index, component, held.get("metricsBindAddress"), _IN_FACTS[0], place)
    name, document = _from_config_map(index, component, file or "")
    if document is not None:
        source = f"the ConfigMap {name}"
        return _of(index, component, document.get("metricsBindAddress"), source, path)
    reason = f"the content of {file or 'the file'}, which --config names, is not at hand"
    return {"unknown": f"{reason}{f' in the ConfigMap {name}' if name else ''}: {HOW}", "path": list(path)}


def _of(index: Index, component: Component, address: object, source: str, path: Path) -> dict[str, Any]:
    if address is None or address == "":
        address = default_of(KUBE_PROXY, _FLAG, version(index, component))
        source = "default"
    if not isinstance(address, str):
        return {"unknown": f"{source} gives {_FLAG} a value that is no address", "path": list(path)}
    return {"address": address, "host": host(address), "source": source, "path": list(path)}


def host(address: str) -> str:
    """The host of `host:port`, of `[host]:port`, or of a bare IP address; lower case."""
    address = address.strip().lower()
    if address.startswith("["):
        return address[1:].partition("]")[0]
    return _PORT.sub("", address) if address.count(":") < 2 else address


def _from_config_map(index: Index, component: Component, file: str) -> tuple[str, Mapping[str, Any] | None]:
    """The ConfigMap that a container mounts where its configuration is, and what it holds there."""
    for volume, at in _mounted(component, file):
        name = text(volume, "configMap", "name")
        if not name:
            continue
        namespace = namespace_of(component.resource)
        held = index.get("ConfigMap", namespace, name)
        shown = f"{namespace}/{name}"
        inside = str(PurePosixPath(file).relative_to(at))
        items = {text(item, "path"): text(item, "key") for _, item in entries(volume, "configMap", "items")}
        content = text(held.body, "data", items.get(inside, inside)) if held else ""
        return shown, parsed(content) if content else None
    return "", None


def _mounted(component: Component, file: str) -> Iterator[tuple[Mapping[str, Any], str]]:
    """The volumes mounted at a file of a component's container, the closest mount first."""
    body, base = component.resource.body, _pod_spec(component.resource)
    where = next((path for _, path in component.argv if path[: len(base)] == base), None)
    at = next((key for key in (where or ())[len(base) :] if isinstance(key, int)), None)
    if at is None:
        return
    mounts = [
        (text(mount, "mountPath"), text(mount, "name"))
        for _, mount in entries(body, *base, "containers", at, "volumeMounts")
    ]
    inside = [(path, name) for path, name in mounts if path and PurePosixPath(file).is_relative_to(path)]
    volumes = {text(volume, "name"): volume for _, volume in entries(body, *base, "volumes")}
    for path, name in sorted(inside, key=lambda each: len(each[0]), reverse=True):
        if name in volumes:
            yield volumes[name], path


def _pod_spec(resource: Resource) -> Path:
    return ("spec",) if resource.kind == "Pod" else ("spec", "template", "spec")


def replaced(index: Index) -> str:
    """What forwards Services in the place of kube-proxy; empty if nothing is known to."""
    for config in index.by_kind.get("ConfigMap", ()):
        told = text(config.body, "data", "kube-proxy-replacement")
        if config.name == "cilium-config" and told in ("true", "strict"):
            return "Cilium takes the place of kube-proxy"
    running = {workload.resource.name for workload in index.workloads}
    names: Sequence[tuple[str, str]] = (("ovnkube-node", "OVN-Kubernetes"), ("anetd", "GKE Dataplane V2"))
    return next((f"{title} takes the place of kube-proxy" for name, title in names if name in running), "")


def nodes_without(index: Index) -> str:
    """Why no kube-proxy runs, where every node's processes were seen; empty if that is not so."""
    told = replaced(index)
    if told:
        return told
    facts = {one.name: one.body for one in index.by_kind.get(NODE_FACTS, ())}
    nodes = {node.name for node in index.by_kind.get("Node", ())}
    seen = {name for name, body in facts.items() if _saw_processes(mapping(body))}
    in_pods = index.workloads_by_namespace.get(SYSTEM_NAMESPACE, ())
    if seen and in_pods and nodes and nodes <= seen:
        return "No kube-proxy runs on any node"
    return ""


def _saw_processes(body: Mapping[str, Any]) -> bool:
    found = [one for _, one in entries(body, "processes") if one.get("source") == "proc"]
    return any(text(one, "component") == "kubelet" for one in found)
