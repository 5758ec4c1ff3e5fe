"""kube-proxy's configuration where a DaemonSet mounts it from a ConfigMap, as kubeadm does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from scanner.collect.interface import Resource
from scanner.collect.nodes import flags, redact
from scanner.collect.nodes.processes import recognise
from scanner.collect.nodes.static_pods import mappings, texts, unwrapped
from scanner.yaml import Limits, read

_NAMESPACE = "kube-system"
_LIMITS = Limits(max_bytes=1 << 20, max_values=100_000, max_alias_expansion=10_000)


@dataclass(frozen=True, slots=True)
class KubeProxy:
    """A DaemonSet that runs kube-proxy."""

    selector: Mapping[str, Any]
    """The labels of the nodes that it runs on."""
    document: dict[str, Any] | None
    """Its configuration file; None if it names none, or it cannot be read."""
    error: str
    """Why it cannot be read."""

    def runs_on(self, labels: Mapping[str, Any]) -> bool:
        """Whether it runs on the node that has these labels."""
        return all(labels.get(name) == value for name, value in self.selector.items())


def from_cluster(resources: Sequence[Resource]) -> list[KubeProxy]:
    """Every kube-proxy that runs from a DaemonSet of kube-system."""
    maps = {
        each.name: each.body
        for each in resources
        if each.group_kind == "ConfigMap" and each.namespace == _NAMESPACE
    }
    found = []
    for each in resources:
        if each.group_kind == "DaemonSet.apps" and each.namespace == _NAMESPACE:
            spec = _held(each.body, "spec", "template", "spec")
            selector = _held(spec, "nodeSelector")
            for container in mappings(spec.get("containers")):
                argv = unwrapped([*texts(container.get("command")), *texts(container.get("args"))])
                if recognise(argv) == "kube-proxy":
                    found.append(KubeProxy(selector, *_configuration(spec, container, argv, maps)))
    return found


def _configuration(
    spec: Mapping[str, Any], container: Mapping[str, Any], argv: Sequence[str], maps: Mapping[str, Any]
) -> tuple[dict[str, Any] | None, str]:
    path = flags.parse(argv).get("config", "")
    if not path:
        return None, ""
    file = PurePosixPath(path)
    for mount in mappings(container.get("volumeMounts")):
        if mount.get("mountPath") not in (str(file.parent), path):
            continue
        for volume in mappings(spec.get("volumes")):
            name = _held(volume, "configMap").get("name")
            if volume.get("name") != mount.get("name") or not isinstance(name, str):
                continue
            if name not in maps:
                return None, f"ConfigMap {_NAMESPACE}/{name}, kube-proxy's configuration, is not at hand"
            return _parsed(name, _held(maps[name], "data").get(_key(volume, file.name)))
    return None, f"{path}: kube-proxy's configuration comes from no ConfigMap"


def _key(volume: Mapping[str, Any], name: str) -> str:
    """The key of a ConfigMap that becomes a file of that name."""
    for item in mappings(_held(volume, "configMap").get("items")):
        if item.get("path") == name:
            return str(item.get("key"))
    return name


def _parsed(name: str, text: Any) -> tuple[dict[str, Any] | None, str]:
    documents = read(text.encode(), _LIMITS).documents if isinstance(text, str) else ()
    value = documents[0].value if documents else None
    if isinstance(value, dict) and value.get("kind") == "KubeProxyConfiguration":
        return redact.document(value), ""
    return None, f"ConfigMap {_NAMESPACE}/{name}: it holds no KubeProxyConfiguration"


def _held(value: Any, *keys: str) -> Mapping[str, Any]:
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}
