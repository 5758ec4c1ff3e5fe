"""Distributions that run all parts of Kubernetes within one program, and pass their arguments on.

See https://docs.k3s.io/cli/server and https://docs.rke2.io/reference/server_config.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scanner.collect.interface import Path
from scanner.facts.command_line import Argv

PROGRAMS = ("k3s", "rke2")
_PASSED_ON = {
    "kube-apiserver-arg": "kube-apiserver",
    "kube-controller-manager-arg": "kube-controller-manager",
    "kube-controller-arg": "kube-controller-manager",
    "kube-scheduler-arg": "kube-scheduler",
    "etcd-arg": "etcd",
    "kubelet-arg": "kubelet",
    "kube-proxy-arg": "kube-proxy",
}
_SERVER = ("kube-apiserver", "kube-controller-manager", "kube-scheduler", "etcd")
_DISABLED_BY = {
    "disable-apiserver": "kube-apiserver",
    "disable-controller-manager": "kube-controller-manager",
    "disable-scheduler": "kube-scheduler",
    "disable-etcd": "etcd",
    "disable-kube-proxy": "kube-proxy",
}
_DATASTORE = {
    "datastore-cafile": "etcd-cafile",
    "datastore-certfile": "etcd-certfile",
    "datastore-keyfile": "etcd-keyfile",
}
_SHIM = "unix:///var/lib/rancher/k3s/server/kine.sock"
"""Where the API server reaches a database that speaks no etcd: a socket on its own node."""
_ENCRYPTION_FILE = "/var/lib/rancher/k3s/server/cred/encryption-config.json"


def arguments(argv: Argv) -> list[tuple[str, str, Path]]:
    """The flags of such a program: name, value (`true` when it has none), and where each stands."""
    found: list[tuple[str, str, Path]] = []
    at = 1
    while at < len(argv):
        text, path = argv[at]
        at += 1
        if not text.startswith("-"):
            continue
        name, equals, value = text.lstrip("-").partition("=")
        if not equals:
            value = "true"
            if at < len(argv) and (name in _PASSED_ON or not argv[at][0].startswith("-")):
                value = argv[at][0]
                at += 1
        found.append((name, value, path))
    return found


def is_server(argv: Argv) -> bool:
    """Whether the control plane runs within the program; an agent has a kubelet and a kube-proxy alone."""
    return any(text == "server" for text, _ in argv[1:2])


def has_etcd(argv: Argv) -> bool:
    """Whether a server keeps its data in the etcd within: it starts such a cluster, or joins one."""
    names = {name for name, value, _ in arguments(argv) if value not in ("false", "")}
    return is_server(argv) and "datastore-endpoint" not in names and bool({"cluster-init", "server"} & names)


def parts(program: str, argv: Argv, etcd: bool = False) -> Iterator[tuple[str, Argv]]:
    """Each part of Kubernetes within the program, and the arguments passed on to it.

    `etcd` says that other facts show it to be within.
    """
    if not argv or program not in PROGRAMS:
        return
    first = argv[0][1]
    given = arguments(argv)
    server = is_server(argv)
    names = [*(_SERVER if server else ()), "kubelet", "kube-proxy"]
    if not (etcd or program == "rke2" or has_etcd(argv)):
        names = [name for name in names if name != "etcd"]
    off = {_DISABLED_BY[name] for name, value, _ in given if name in _DISABLED_BY and value != "false"}
    for name in names:
        if name in off:
            continue
        own = list(_own(name, program, given))
        if (name, program) == ("kube-apiserver", "k3s"):
            own = [*((argument, first) for argument in _datastore(given, "etcd" in names)), *own]
        yield name, [(name, first), *own]


def _datastore(given: Sequence[tuple[str, str, Path]], etcd: bool) -> Iterator[str]:
    """How k3s tells its API server to reach the cluster's data."""
    if etcd:
        tls = "/var/lib/rancher/k3s/server/tls/etcd"
        yield "--etcd-servers=https://127.0.0.1:2379"
        yield f"--etcd-cafile={tls}/server-ca.crt"
        yield f"--etcd-certfile={tls}/client.crt"
        yield f"--etcd-keyfile={tls}/client.key"
        return
    endpoint = next((value for flag, value, _ in given if flag == "datastore-endpoint"), "")
    if not endpoint.startswith(("http://", "https://")):
        yield f"--etcd-servers={_SHIM}"
        return
    yield f"--etcd-servers={endpoint}"
    for flag, value, _ in given:
        if flag in _DATASTORE:
            yield f"--{_DATASTORE[flag]}={value}"


def _own(name: str, program: str, given: Sequence[tuple[str, str, Path]]) -> Iterator[tuple[str, Path]]:
    for flag, value, path in given:
        if _PASSED_ON.get(flag) == name:
            yield f"--{value.lstrip('-')}", path
        elif (name, program, flag, value) == ("kube-apiserver", "k3s", "secrets-encryption", "true"):
            yield f"--encryption-provider-config={_ENCRYPTION_FILE}", path
