"""The configuration files that the API server and kube-proxy name in their flags, without their secrets."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from scanner.collect.nodes import etcd_config, flags, redact
from scanner.collect.nodes.documents import kind, mapping
from scanner.collect.nodes.processes import Process
from scanner.collect.nodes.root import NotRead, Root
from scanner.collect.nodes.static_pods import host_path

_APISERVER = ("apiserver.config.k8s.io", "apiserver.k8s.io")
_FILES: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "encryption": (
        "encryption-provider-config",
        (*_APISERVER, ""),
        ("EncryptionConfiguration", "EncryptionConfig"),
    ),
    "authentication": ("authentication-config", _APISERVER, ("AuthenticationConfiguration",)),
    "authorization": ("authorization-config", _APISERVER, ("AuthorizationConfiguration",)),
    "admission": ("admission-control-config-file", _APISERVER, ("AdmissionConfiguration",)),
    "auditPolicy": ("audit-policy-file", ("audit.k8s.io",), ("Policy",)),
}
"""Member of `configs` → the API server's flag, and what its file must be."""
_KUBE_PROXY = (("kubeproxy.config.k8s.io",), ("KubeProxyConfiguration",))
_SCHEDULER = (("kubescheduler.config.k8s.io",), ("KubeSchedulerConfiguration",))


@dataclass(frozen=True, slots=True)
class ConfigFile:
    """A configuration file that a component names."""

    role: str
    path: str
    redacted: bool
    """Whether something of it was taken out."""
    content: dict[str, Any] | None = None
    """What it holds, for a file that has no member of its own in `configs`."""


@dataclass(slots=True)
class Configs:
    """What the files hold."""

    documents: dict[str, dict[str, Any] | None] = field(
        default_factory=lambda: {**dict.fromkeys(_FILES), "kubeProxy": None}
    )
    """The member `configs` of NodeFacts; None for a file that is not named or cannot be read."""
    files: list[ConfigFile] = field(default_factory=list)

    def content(self, role: str) -> dict[str, Any]:
        """What the file of a role holds; nothing if it was not read."""
        return next((each.content for each in self.files if each.role == role and each.content), {})


def read_apiserver(root: Root, process: Process, configs: Configs, errors: list[str]) -> None:
    """Read what an API server's flags name."""
    told = flags.parse(process.argv)
    for member, (flag, groups, kinds) in _FILES.items():
        if not told.get(flag):
            continue
        path = host_path(process, told[flag])
        document = kind(root, path, groups, kinds, errors)
        shown = document
        if document is not None and member == "encryption":
            shown = redact.encryption(document)
        elif document is not None:
            if member == "admission":
                document = _with_plugins(root, process, document, told[flag], errors)
            shown = redact.document(document)
        configs.documents[member] = shown
        configs.files.append(ConfigFile("apiserver.config", path, shown != document))


def read_kube_proxy(root: Root, process: Process, configs: Configs, errors: list[str]) -> None:
    """Read the file that kube-proxy's `--config` names; for a Pod, where the kubelet keeps its volumes."""
    path = flags.parse(process.argv).get("config", "")
    if not path:
        return
    path = host_path(process, path)
    if process.pod:
        inside = _in_volumes(root, process.pod, PurePosixPath(path).name)
        if not inside:
            errors.append(f"{path}: it is a file of kube-proxy's Pod, and its volumes cannot be seen")
            return
        path = inside
    document = kind(root, path, *_KUBE_PROXY, errors)
    shown = redact.document(document)
    configs.documents["kubeProxy"] = shown
    if not process.pod:
        configs.files.append(ConfigFile("kube-proxy.config", path, shown != document))


def read_scheduler(root: Root, process: Process, configs: Configs, errors: list[str]) -> None:
    """Read the file that the scheduler's `--config` names."""
    path = flags.parse(process.argv).get("config", "")
    if path:
        path = host_path(process, path)
        document = kind(root, path, *_SCHEDULER, errors)
        shown = redact.document(document)
        configs.files.append(ConfigFile("scheduler.config", path, shown != document, shown))


def read_etcd(root: Root, process: Process, configs: Configs, errors: list[str]) -> None:
    """Read the file that etcd's `--config-file` names."""
    path = flags.parse(process.argv).get("config-file") or process.env.get("ETCD_CONFIG_FILE", "")
    if path:
        path = host_path(process, path)
        configs.files.append(ConfigFile("etcd.config", path, True, etcd_config.read(root, path, errors)))


def kubeconfig(document: dict[str, Any] | None) -> str:
    """The kubeconfig that a component's configuration names; empty if it names none."""
    connection = (document or {}).get("clientConnection")
    path = connection.get("kubeconfig") if isinstance(connection, dict) else None
    return path if isinstance(path, str) else ""


def _in_volumes(root: Root, pod: str, name: str) -> str:
    folder = f"/var/lib/kubelet/pods/{pod}/volumes/kubernetes.io~configmap"
    try:
        volumes, _ = root.names(folder)
    except NotRead:
        return ""
    for volume in volumes:
        path = f"{folder}/{volume}/{name}"
        try:
            root.find(path)
        except NotRead:
            continue
        return path
    return ""


def _with_plugins(
    root: Root, process: Process, document: dict[str, Any], path: str, errors: list[str]
) -> dict[str, Any]:
    """The admission configuration with the plugins' own files, where these say of what kind they are."""
    plugins = document.get("plugins")
    if not isinstance(plugins, list):
        return document
    return {**document, "plugins": [_with_file(root, process, each, path, errors) for each in plugins[:100]]}


def _with_file(root: Root, process: Process, plugin: Any, path: str, errors: list[str]) -> Any:
    file = plugin.get("path") if isinstance(plugin, dict) else None
    if not isinstance(file, str) or not file or plugin.get("configuration"):
        return plugin
    # a relative path begins at the file that holds it
    own = mapping(root, host_path(process, str(PurePosixPath(path).parent / file)), errors)
    if own is None or not _is_configuration(own):
        return plugin
    return {**plugin, "configuration": own}


def _is_configuration(value: dict[str, Any]) -> bool:
    group, name = value.get("apiVersion"), value.get("kind")
    return (
        isinstance(group, str) and isinstance(name, str) and name.endswith("Configuration") and "." in group
    )
