"""Modes and owners of the files that matter: those that processes name, else the distribution's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath
from typing import Any

from scanner.collect.nodes import etcd_config, flags
from scanner.collect.nodes.configs import Configs, kubeconfig
from scanner.collect.nodes.kubelet import Kubelet
from scanner.collect.nodes.layout import KUBEADM, LAYOUTS, UNIT_FOLDERS, Layout
from scanner.collect.nodes.names import Names
from scanner.collect.nodes.processes import Process
from scanner.collect.nodes.root import Found, NotRead, Root, escaped
from scanner.collect.nodes.static_pods import StaticPod, host_path
from scanner.collect.nodes.walk import below

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
_PKI_FOLDERS = {folder for layout in LAYOUTS.values() for folder in layout["pki.dir"]}
_SHARED = ("/etc/ssl", "/etc/pki", "/usr", "/")  # what other programs keep their certificates in too
_KUBECONFIGS = ("controller-manager", "scheduler", "kubelet", "kube-proxy")


class Files:
    """Collects the entries of `files`, each role and path once."""

    def __init__(self, root: Root, names: Names, errors: list[str]) -> None:
        self._root = root
        self._names = names
        self._errors = errors
        self._entries: dict[tuple[str, str], dict[str, Any]] = {}

    @property
    def entries(self) -> list[dict[str, Any]]:
        """The entries, in the order of roles and paths."""
        return [self._entries[key] for key in sorted(self._entries)]

    def add(
        self,
        role: str,
        path: str,
        found: Found | None = None,
        redacted: bool = False,
        content: dict[str, Any] | None = None,
    ) -> bool:
        """Look at a file; whether it is there."""
        shown = escaped(path)
        entry: dict[str, Any] = {
            "role": role,
            "path": shown,
            "status": "ok",
            **dict.fromkeys(("type", "mode", "uid", "gid", "user", "group")),
            "content": content,
            "redacted": redacted,
        }
        try:
            if not path.startswith("/"):
                raise NotRead("not_collected", "the path is relative, to a folder that is not known")
            found = found or self._root.find(path)
        except NotRead as error:
            entry["status"] = error.status
            if error.status != "absent":
                self._errors.append(f"{shown}: {error}")
        else:
            uid, gid = found.status.st_uid, found.status.st_gid
            entry |= {"type": found.type, "mode": found.mode, "uid": uid, "gid": gid}
            entry |= {"user": self._names.user(uid), "group": self._names.group(gid)}
            if escaped(found.path) != shown:
                entry["target"] = escaped(found.path)
        self._entries.setdefault((role, shown), entry)
        return bool(entry["status"] != "absent")

    def add_first(self, role: str, paths: Sequence[str]) -> None:
        """Look for a file that may be in several places; if it is in none, the first is `absent`."""
        for path in paths:
            try:
                self._root.find(path)
            except NotRead as error:
                if error.status == "absent":
                    continue
            self.add(role, path)
            return
        if paths:
            self.add(role, paths[0])


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
            files.add_first(role, layout[role])
    _units(files, root, layout, processes, errors)
    _pki(files, root, layout, processes, errors)
    return _cni(files, root, layout, kubelet, errors)


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
            add(
                f"{component}.kubeconfig", process, told.get("kubeconfig") or ("" if process.pod else in_file)
            )
        if component == "etcd":
            told = {**told, **etcd_config.as_flags(configs.content("etcd.config"))}
            add("etcd.data", process, told.get("data-dir") or process.env.get("ETCD_DATA_DIR"))
        if component in _CONTROL_PLANE:
            for flag, role in _PKI_FLAGS.items():
                add(role, process, told.get(flag))
    if kubelet.config_paths:
        named["kubelet.config"] = kubelet.config_paths
    if authority := kubelet.client_ca():
        named["kubelet.ca"] = [authority]
    return named


def _units(files: Files, root: Root, layout: Layout, processes: Sequence[Process], errors: list[str]) -> None:
    """The kubelet's unit and its drop-ins: of the unit it runs in, else of the usual names."""
    # where the unit is named after something else, such as rke2-server, the kubelet has none of its own
    units = [each.unit for each in processes if each.component == "kubelet" and "kubel" in each.unit]
    any_there = False
    for unit in units or layout["kubelet.service"]:
        unit_there = False
        for folder in UNIT_FOLDERS:
            path = f"{folder}/{unit}"
            if not unit_there and _is_there(root, path):
                unit_there = files.add("kubelet.service", path)
            for file, found in below(root, f"{path}.d", errors, depth=1):
                if found.type == "file" and file.endswith(".conf"):
                    any_there = files.add("kubelet.service", file, found)
        any_there = any_there or unit_there
    if not any_there:
        files.add("kubelet.service", f"{UNIT_FOLDERS[0]}/{(units or layout['kubelet.service'])[0]}")


def _pki(files: Files, root: Root, layout: Layout, processes: Sequence[Process], errors: list[str]) -> None:
    """The folders of certificates and keys, with all that is in them."""
    folders: list[str] = []
    for process in processes:
        told = flags.parse(process.argv)
        if process.component == "apiserver":
            for flag in ("client-ca-file", "tls-private-key-file", "service-account-signing-key-file"):
                folder = str(PurePosixPath(host_path(process, told.get(flag, "/"))).parent)
                if not any(folder == each or folder.startswith(each + "/") for each in _SHARED[:-1]):
                    folders += [folder] if folder.count("/") > 1 and folder not in folders else []
    folders = folders or list(layout["pki.dir"])
    folders = [each for each in folders if not any(each.startswith(other + "/") for other in folders)]
    there = [folder for folder in folders if _is_there(root, folder)]
    for folder in there or folders[:1]:
        files.add("pki.dir", folder)
        # a folder that is none of the usual ones may hold other things, too
        own = folder in _PKI_FOLDERS or folder in layout["pki.dir"]
        for path, found in below(root, folder, errors if own else [], 4 if own else 1):
            role = _pki_role(path, found)
            if own or role in ("pki.cert", "pki.key"):
                files.add(role, path, found)


def _pki_role(path: str, found: Found) -> str:
    if found.type == "dir":
        return "pki.dir"
    name = path.rpartition("/")[2]
    if name.endswith((".key", "-key.pem")):
        return "pki.key"
    return "pki.cert" if name.endswith((".crt", ".pem", ".cer")) else "pki.file"


def _cni(files: Files, root: Root, layout: Layout, kubelet: Kubelet, errors: list[str]) -> str:
    """Every file in the folder of the network plugins' configuration."""
    told = kubelet.flags.get("cni-conf-dir")
    candidates = [told] if told else [*layout["cni.conf"], *KUBEADM["cni.conf"]]
    folder = next((each for each in candidates if _is_there(root, each)), candidates[0])
    any_there = False
    for path, found in below(root, folder, errors, depth=2):
        if found.type != "dir":
            any_there = files.add("cni.conf", path, found)
    if not any_there:
        files.add("cni.conf", folder)
    return folder


def _is_there(root: Root, path: str) -> bool:
    """Whether something is there, or may be."""
    try:
        root.find(path)
    except NotRead as error:
        return error.status != "absent"
    return True
