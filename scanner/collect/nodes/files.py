"""Modes and owners of the files that matter: those that processes name, else the distribution's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from scanner.collect.nodes import etcd_config, flags, folders
from scanner.collect.nodes.configs import Configs, kubeconfig
from scanner.collect.nodes.entries import Files
from scanner.collect.nodes.kubelet import Kubelet
from scanner.collect.nodes.layout import KUBEADM, LAYOUTS
from scanner.collect.nodes.processes import Process
from scanner.collect.nodes.root import Root
from scanner.collect.nodes.static_pods import StaticPod, host_path

_PKI_FLAGS = {
    "client-ca-file": "pki.cert",
    "etcd-cafile": "pki.cert",
    "etcd-certfile": "pki.cert",
    "etcd-keyfile": "pki.key",
    "kubelet-certificate-authority": "pki.cert",
    "kubelet-client-certificate": "pki.cert",
    "kubelet-client-key": "pki.key",
    "proxy-client-cert-file": "pki.cert",
    "proxy-client-key-file": "pki.key",
    "requestheader-client-ca-file": "pki.cert",
    "root-ca-file": "pki.cert",
    "service-account-private-key-file": "pki.key",
    "service-account-signing-key-file": "pki.key",
    "tls-cert-file": "pki.cert",
    "tls-private-key-file": "pki.key",
    "cert-file": "pki.cert",
    "key-file": "pki.key",
    "peer-cert-file": "pki.cert",
    "peer-key-file": "pki.key",
    "trusted-ca-file": "pki.cert",
    "peer-trusted-ca-file": "pki.cert",
}
_CONTROL_PLANE = ("apiserver", "controller-manager", "scheduler", "etcd")
_KUBECONFIGS = ("controller-manager", "scheduler", "kubelet", "kube-proxy")


def collect(
    files: Files,
    root: Root,
    layout_name: str,
    processes: Sequence[Process],
    pods: Iterable[StaticPod],
    kubelet: Kubelet,
    configs: Configs,
    errors: list[str],
) -> str:
    """Look at the file or files of every role; the folder of the network plugins' configuration."""
    layout = {**KUBEADM, **LAYOUTS.get(layout_name, {})}
    named = _named(processes, kubelet, configs)
    for pod in pods:
        named.setdefault(f"{pod.process.component}.manifest", []).append(pod.path)
    for each in configs.files:
        files.add(each.role, each.path, redacted=each.redacted, content=each.content)
    for role in sorted({*layout, *named} - {"manifests", "kubelet.service", "pki.dir", "cni.conf"}):
        if role in named:
            for path in named[role]:
                files.add(role, path)
        else:
            files.add(role, files.first(layout[role]))
    folders.kubelet_unit(files, root, layout, processes, errors)
    folders.certificates(files, root, layout, processes, errors)
    return folders.network_plugins(files, root, layout, kubelet, errors)


def _named(processes: Sequence[Process], kubelet: Kubelet, configs: Configs) -> dict[str, list[str]]:
    """The files that processes name, by role."""
    named: dict[str, list[str]] = {}

    def add(role: str, process: Process, path: str | None) -> None:
        if path:
            named.setdefault(role, []).append(host_path(process, path))

    for process in processes:
        told = flags.parse(process.argv)
        component = process.component
        if component in _KUBECONFIGS:
            own = configs.documents["kubeProxy"] if component == "kube-proxy" else None
            in_file = kubeconfig(own or configs.content(f"{component}.config"))
            # an ordinary Pod has its files in volumes of its own, which are none of the host's
            in_file = "" if process.pod else in_file
            add(f"{component}.kubeconfig", process, told.get("kubeconfig") or in_file)
        if component == "etcd":
            told = etcd_config.from_environment(process.env) | told
            told |= etcd_config.as_flags(configs.content("etcd.config"))
            add("etcd.data", process, told.get("data-dir"))
        if component in _CONTROL_PLANE:
            for flag, role in _PKI_FLAGS.items():
                add(role, process, told.get(flag))
    if kubelet.config_paths:
        named["kubelet.config"] = kubelet.config_paths
    if authority := kubelet.client_ca():
        named["kubelet.ca"] = [authority]
    return named
