"""The files of a node's host that benchmarks look at: their permission bits and owners, by role.

Three things are kept apart: a file that is not there (nothing to judge), one that was never looked at, and
one that could not be looked at (both unknown).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from scanner.facts.index import Index
from scanner.facts.nodes import (
    HOW,
    distribution,
    minor,
    only_from_api,
    processes,
    runs,
    runs_control_plane,
    runs_etcd,
)
from scanner.facts.subject import Subject
from scanner.fields import as_integer, entries, text, values

_CONTROL_PLANE = {
    "apiserver.manifest": "API server's static Pod manifest",
    "controller-manager.manifest": "controller manager's static Pod manifest",
    "scheduler.manifest": "scheduler's static Pod manifest",
    "controller-manager.kubeconfig": "controller manager's kubeconfig",
    "scheduler.kubeconfig": "scheduler's kubeconfig",
    "admin.kubeconfig": "administrator's kubeconfig",
    "super-admin.kubeconfig": "kubeconfig of the cluster's super administrator",
    "pki.dir": "folder of Kubernetes' certificates and keys",
    "pki.cert": "certificates of Kubernetes' components",
    "pki.key": "private keys of Kubernetes' components",
    "pki.file": "other files in the folder of Kubernetes' certificates and keys",
    "cni.conf": "configuration of the container network",
}
_ETCD = {"etcd.manifest": "etcd's static Pod manifest", "etcd.data": "etcd's data folder"}
_EVERY_NODE = {
    "kubelet.service": "kubelet's service file",
    "kubelet.kubeconfig": "kubelet's kubeconfig",
    "kubelet.config": "kubelet's configuration file",
    "kubelet.ca": "file of the authorities whose client certificates the kubelet accepts",
    "kube-proxy.kubeconfig": "kube-proxy's kubeconfig",
}
ROLES = {**_CONTROL_PLANE, **_ETCD, **_EVERY_NODE}
"""Role of a file → what it is, for people."""
_SHARED_WITH_ETCD = {"pki.dir", "pki.cert", "pki.key", "pki.file", "cni.conf"}
_MAY_BE_MISSING = {"pki.file"}
_SUPER_ADMIN_SINCE = 29
_FEW = 3
_NAMED_BY = {
    "kubelet.config": ("kubelet", "config"),
    "kubelet.kubeconfig": ("kubelet", "kubeconfig"),
    "kubelet.ca": ("kubelet", "client-ca-file"),
    "kube-proxy.kubeconfig": ("kube-proxy", "kubeconfig"),
    "scheduler.kubeconfig": ("scheduler", "kubeconfig"),
    "controller-manager.kubeconfig": ("controller-manager", "kubeconfig"),
    "etcd.data": ("etcd", "data-dir"),
    "pki.cert": ("apiserver", "client-ca-file"),
    "pki.key": ("apiserver", "tls-private-key-file"),
}
"""Role → the component and its flag that names the file."""
_MANIFESTS = {role: role.removesuffix(".manifest") for role in ROLES if role.endswith(".manifest")}
_OCTAL = re.compile(r"(?:0o)?([0-7]{1,7})")
_EMBEDDED = {"k3s", "rke2", "microk8s"}


def by_role(_index: Index, unit: Subject) -> dict[str, dict[str, Any]]:
    """Role → what is known of its files on the node that is judged.

    `files`, each with `at` (its position in NodeFacts), `path` and, as far as known, `bits` (its permissions
    as a number) and `shown` (as they are written), `user` and `group` (numbers where they have no name: then
    `nameless` is true); `no_mode` and `no_owner` say why they are not known. Where there is nothing to judge,
    `unknown` or `not_applicable` says why.
    """
    body = unit.resource.body
    found: dict[str, list[tuple[int, Mapping[str, Any]]]] = {}
    for at, entry in entries(body, "files"):
        found.setdefault(text(entry, "role"), []).append((at, entry))
    return {role: _of_role(body, role, found.get(role, [])) for role in ROLES}


def bits(mode: object) -> int | None:
    """The permission bits of a mode in octal text, setuid, setgid and sticky bit included.

    None for anything else; a number without quotes too, for whether it was meant as octal cannot be told.
    """
    found = _OCTAL.fullmatch(mode) if isinstance(mode, str) else None
    return int(found[1], 8) & 0o7777 if found else None


def _of_role(body: Mapping[str, Any], role: str, held: list[tuple[int, Mapping[str, Any]]]) -> dict[str, Any]:
    reason = _not_of_this_node(body, role)
    if reason:
        return {"files": [], "not_applicable": reason}
    there = [(at, entry) for at, entry in held if entry.get("status") != "absent"]
    if there:
        return {"files": [_file(at, entry) for at, entry in there], **_gap(body, role, held)}
    if not held:
        return {"files": [], **_not_mentioned(body, role)}
    where = _listed(sorted({text(entry, "path") or "the usual place" for _, entry in held}))
    named = _named(body, role)
    if named:
        return {"files": [], "unknown": f"{named}, yet there is none at {where}"}
    return {"files": [], "not_applicable": _absent(body, role, where)}


def _file(at: int, entry: Mapping[str, Any]) -> dict[str, Any]:
    path = text(entry, "path") or text(entry, "role")
    known: dict[str, Any] = {"at": at, "path": path}
    match entry.get("status"):
        case "ok":
            why = "only the symbolic link was looked at" if entry.get("type") == "symlink" else ""
        case "denied":
            why = "permission was denied; let `kubeassay node collect` run as root"
        case "not_collected":
            why = f"it was not looked at; {HOW}"
        case _:
            why = "NodeFacts do not say whether it is there"
    if why:
        return {**known, "no_mode": why, "no_owner": why}
    mode = bits(entry.get("mode"))
    if mode is None:
        known["no_mode"] = "its mode is not given in octal text"
    else:
        known |= {"bits": mode, "shown": f"{mode:04o}"}
    user, group = _owner(entry, "user", "uid"), _owner(entry, "group", "gid")
    if user is None or group is None:
        which = ("user", "uid") if user is None else ("group", "gid")
        known["no_owner"] = _contradiction(entry, *which)
    known |= {key: value for key, value in (("user", user), ("group", group)) if value is not None}
    if _is_number(user) or _is_number(group):
        known["nameless"] = True
    return known


def _is_number(owner: str | None) -> bool:
    return owner is not None and owner.isdecimal()


def _owner(entry: Mapping[str, Any], name: str, number: str) -> str | None:
    """Who owns a file; None where that is not known, or name and number contradict each other."""
    called, identity = entry.get(name), as_integer(entry.get(number))
    if not isinstance(called, str) or not called:
        return None if identity is None else "root" if identity == 0 else str(identity)
    if identity is not None and (called == "root") != (identity == 0):
        return None
    return called


def _contradiction(entry: Mapping[str, Any], name: str, number: str) -> str:
    called = text(entry, name)
    if called and as_integer(entry.get(number)) is not None:
        return f"{called[:100]} cannot be the {name} with the number {entry[number]}"
    return f"its {name} is not given"


def _not_of_this_node(body: Mapping[str, Any], role: str) -> str:
    if role in _EVERY_NODE:
        return ""
    etcd, control_plane = runs_etcd(body), runs_control_plane(body)
    if role in _ETCD:
        return "" if etcd is not False else "No etcd runs on this node"
    if control_plane is False and not (etcd and role in _SHARED_WITH_ETCD):
        return "The node runs no control plane"
    return ""


def _gap(body: Mapping[str, Any], role: str, held: list[tuple[int, Mapping[str, Any]]]) -> dict[str, str]:
    """Why a folder may hold more files of a role than were listed."""
    folders = {text(entry, "path").rpartition("/")[0] for _, entry in held} if role == "cni.conf" else set()
    if role.startswith("pki."):
        folders = {text(e, "path") for _, e in entries(body, "files") if text(e, "role") == "pki.dir"}
    for error in values(body, "collector", "errors"):
        if isinstance(error, str) and error.startswith(tuple(each for each in folders if each)):
            return {"unknown": f"Not all of a folder could be looked at: {error[:200]}"}
    return {}


def _not_mentioned(body: Mapping[str, Any], role: str) -> dict[str, str]:
    if role in _MAY_BE_MISSING:
        return {}
    if role == "super-admin.kubeconfig" and (minor(body) or _SUPER_ADMIN_SINCE) < _SUPER_ADMIN_SINCE:
        return {"not_applicable": f"Before Kubernetes 1.{_SUPER_ADMIN_SINCE} there is no {ROLES[role]}"}
    if only_from_api(body):
        return {"unknown": f"The API does not show a node's files, such as the {ROLES[role]}: {HOW}"}
    return {"unknown": f"NodeFacts do not tell of the {ROLES[role]}: {HOW}"}


def _named(body: Mapping[str, Any], role: str) -> str:
    """What shows that an absent file must stand somewhere else."""
    if role in _NAMED_BY:
        component, flag = _NAMED_BY[role]
        for process in processes(body, component):
            named = process.flag(flag)
            if named:
                return f"{component}'s --{flag} names {named}"
    if role == "etcd.data" and runs(body, "etcd"):
        return "etcd runs"
    if role in _MANIFESTS:
        component = _MANIFESTS[role]
        if any(process.is_static_pod for process in processes(body, component)):
            return f"{component} runs as a static Pod"
    return ""


def _listed(paths: Sequence[str]) -> str:
    more = f" and {len(paths) - _FEW} more" if len(paths) > _FEW else ""
    return ", ".join(paths[:_FEW]) + more


def _absent(body: Mapping[str, Any], role: str, where: str) -> str:
    name = distribution(body)
    if name in _EMBEDDED and (role in _MANIFESTS or role == "kubelet.service"):
        return f"{name} runs this component itself, without the {ROLES[role]} ({where})"
    return f"The node is without the {ROLES[role]} ({where})"
