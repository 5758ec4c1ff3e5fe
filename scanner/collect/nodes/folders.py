"""The folders of which every file matters: the kubelet's unit, certificates and keys, network plugins."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from scanner.collect.nodes import flags, service
from scanner.collect.nodes.entries import Files
from scanner.collect.nodes.kubelet import Kubelet
from scanner.collect.nodes.layout import KUBEADM, LAYOUTS, UNIT_FOLDERS, Layout
from scanner.collect.nodes.processes import Process
from scanner.collect.nodes.root import Found, Root
from scanner.collect.nodes.static_pods import host_path
from scanner.collect.nodes.walk import below

_PKI_FOLDERS = {folder for layout in LAYOUTS.values() for folder in layout["pki.dir"]}
_SHARED = ("/etc/ssl", "/etc/pki", "/usr")  # what other programs keep their certificates in too


def kubelet_unit(
    files: Files, root: Root, layout: Layout, processes: Sequence[Process], errors: list[str]
) -> None:
    """The kubelet's unit and its drop-ins: of the unit it runs in, else of the usual names."""
    # where the unit is named after something else, such as rke2-server, the kubelet has none of its own
    running = [each.unit for each in processes if each.component == "kubelet" and "kubel" in each.unit]
    names = running or layout["kubelet.service"]
    units = [service.find(root, name, errors) for name in names]
    for unit in units:
        for path in unit.paths:
            files.add("kubelet.service", path)
        if unit.unseen and running:
            files.add("kubelet.service", unit.unseen)
    if not any(unit.paths or (unit.unseen and running) for unit in units):
        files.add("kubelet.service", f"{UNIT_FOLDERS[0]}/{names[0]}")


def certificates(
    files: Files, root: Root, layout: Layout, processes: Sequence[Process], errors: list[str]
) -> None:
    """The folders of certificates and keys, with all that is in them."""
    folders = _named_folders(processes) or list(layout["pki.dir"])
    folders = [each for each in folders if not any(each.startswith(other + "/") for other in folders)]
    for folder in files.there(folders) or folders[:1]:
        files.add("pki.dir", folder)
        # a folder that is none of the usual ones may hold other things, too
        own = folder in _PKI_FOLDERS or folder in layout["pki.dir"]
        faults: list[str] = []
        for path, found in below(root, folder, faults, 4 if own else 1):
            role = _pki_role(path, found)
            if own or role in ("pki.cert", "pki.key"):
                files.add(role, path, found)
        if own and faults:
            errors += faults
            for role in ("pki.cert", "pki.key"):  # there may be more than was seen
                files.add_unseen(role, folder)


def network_plugins(files: Files, root: Root, layout: Layout, kubelet: Kubelet, errors: list[str]) -> str:
    """Every file in the folder of the network plugins' configuration; that folder."""
    told = kubelet.flags.get("cni-conf-dir")
    candidates = [told] if told else [*layout["cni.conf"], *KUBEADM["cni.conf"]]
    folder = files.first(candidates)
    faults: list[str] = []
    there = [(path, found) for path, found in below(root, folder, faults, depth=2) if found.type != "dir"]
    for path, found in there:
        files.add("cni.conf", path, found)
    if faults:
        errors += faults
        files.add_unseen("cni.conf", folder)
    elif not there:
        files.add_unseen("cni.conf", folder, "absent")
    return folder


def _named_folders(processes: Sequence[Process]) -> list[str]:
    """The folders of the API server's own certificates and keys."""
    folders: list[str] = []
    for process in processes:
        told = flags.parse(process.argv) if process.component == "apiserver" else {}
        for flag in ("client-ca-file", "tls-private-key-file", "service-account-signing-key-file"):
            folder = str(PurePosixPath(host_path(process, told.get(flag, "/"))).parent)
            shared = any(folder == each or folder.startswith(each + "/") for each in _SHARED)
            if not shared and folder.count("/") > 1 and folder not in folders:
                folders.append(folder)
    return folders


def _pki_role(path: str, found: Found) -> str:
    if found.type == "dir":
        return "pki.dir"
    name = path.rpartition("/")[2]
    if name.endswith((".key", "-key.pem")):
        return "pki.key"
    return "pki.cert" if name.endswith((".crt", ".pem", ".cer")) else "pki.file"
