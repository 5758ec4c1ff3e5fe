"""k3s: one process that is every component, and hides its own arguments.

What it was told stands in its unit and in its configuration file, or in an annotation of its Node; what it
tells its components besides is here, as data.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from scanner.collect.nodes import service
from scanner.collect.nodes.documents import mapping
from scanner.collect.nodes.processes import Process
from scanner.collect.nodes.root import NotRead, Root

DATA = "/var/lib/rancher/{program}"
"""Where a distribution of Rancher keeps its data, unless `--data-dir` says otherwise."""

_ARGUMENTS = {
    "kube-apiserver-arg": "apiserver",
    "kube-controller-manager-arg": "controller-manager",
    "kube-controller-arg": "controller-manager",
    "kube-scheduler-arg": "scheduler",
    "etcd-arg": "etcd",
    "kubelet-arg": "kubelet",
    "kube-proxy-arg": "kube-proxy",
}
_PROGRAMS = {
    "apiserver": "kube-apiserver",
    "controller-manager": "kube-controller-manager",
    "scheduler": "kube-scheduler",
}
_SERVER = ("apiserver", "controller-manager", "scheduler")
_DISABLED = {
    "apiserver": "disable-apiserver",
    "controller-manager": "disable-controller-manager",
    "scheduler": "disable-scheduler",
    "kubelet": "disable-agent",
    "kube-proxy": "disable-kube-proxy",
}
_SHORT = {"t": "token", "d": "data-dir", "c": "config", "s": "server", "v": "v"}

# what k3s tells its components since 1.25 (pkg/daemons/control/server.go, pkg/daemons/agent/agent_linux.go,
# pkg/cli/server/server.go)
_BUILT_IN: dict[str, dict[str, str]] = {
    "apiserver": {
        "allow-privileged": "true",
        "anonymous-auth": "false",
        "authorization-mode": "Node,RBAC",
        "client-ca-file": "{data}/server/tls/client-ca.crt",
        "enable-admission-plugins": "NodeRestriction",
        "kubelet-certificate-authority": "{data}/server/tls/server-ca.crt",
        "kubelet-client-certificate": "{data}/server/tls/client-kube-apiserver.crt",
        "kubelet-client-key": "{data}/server/tls/client-kube-apiserver.key",
        "profiling": "false",
        "service-account-key-file": "{data}/server/tls/service.key",
        "service-account-signing-key-file": "{data}/server/tls/service.current.key",
        "tls-cipher-suites": "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,"
        "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,"
        "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305,TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305",
        "tls-cert-file": "{data}/server/tls/serving-kube-apiserver.crt",
        "tls-private-key-file": "{data}/server/tls/serving-kube-apiserver.key",
    },
    "controller-manager": {
        "bind-address": "127.0.0.1",
        "kubeconfig": "{data}/server/cred/controller.kubeconfig",
        "profiling": "false",
        "root-ca-file": "{data}/server/tls/server-ca.crt",
        "service-account-private-key-file": "{data}/server/tls/service.current.key",
        "use-service-account-credentials": "true",
    },
    "scheduler": {
        "bind-address": "127.0.0.1",
        "kubeconfig": "{data}/server/cred/scheduler.kubeconfig",
        "profiling": "false",
    },
    "etcd": {
        "cert-file": "{data}/server/tls/etcd/server-client.crt",
        "client-cert-auth": "true",
        "data-dir": "{data}/server/db/etcd",
        "key-file": "{data}/server/tls/etcd/server-client.key",
        "peer-cert-file": "{data}/server/tls/etcd/peer-server-client.crt",
        "peer-client-cert-auth": "true",
        "peer-key-file": "{data}/server/tls/etcd/peer-server-client.key",
        "peer-trusted-ca-file": "{data}/server/tls/etcd/peer-ca.crt",
        "trusted-ca-file": "{data}/server/tls/etcd/server-ca.crt",
    },
    "kubelet": {
        "anonymous-auth": "false",
        "authorization-mode": "Webhook",
        "client-ca-file": "{data}/agent/client-ca.crt",
        "kubeconfig": "{data}/agent/kubelet.kubeconfig",
        "read-only-port": "0",
        "tls-cert-file": "{data}/agent/serving-kubelet.crt",
        "tls-private-key-file": "{data}/agent/serving-kubelet.key",
    },
    "kube-proxy": {"healthz-bind-address": "127.0.0.1", "kubeconfig": "{data}/agent/kubeproxy.kubeconfig"},
}
_ETCD_TLS = {
    "etcd-cafile": "{data}/server/tls/etcd/server-ca.crt",
    "etcd-certfile": "{data}/server/tls/etcd/client.crt",
    "etcd-keyfile": "{data}/server/tls/etcd/client.key",
    "etcd-servers": "https://127.0.0.1:2379",
}

Settings = dict[str, list[str]]
"""Flag of k3s or RKE2 → its values."""


def settings(argv: Sequence[str]) -> Settings:
    """The flags of `k3s server …`, by name; words that belong to no flag are left out."""
    found: Settings = {}
    rest = list(argv)
    while rest:
        argument = rest.pop(0)
        if not argument.startswith("-") or argument.strip("-") == "":
            continue
        name, equals, value = argument.lstrip("-").partition("=")
        if not equals:
            value = rest.pop(0) if rest and not rest[0].startswith("-") else "true"
        found.setdefault(_SHORT.get(name, name), []).append(value)
    return found


def on_node(
    root: Root, program: str, argv: Sequence[str], unit: str, errors: list[str]
) -> tuple[Settings, bool]:
    """What k3s or RKE2 was told on its node, and whether that is all of it.

    Its configuration files are overruled by its command line. Of a flag in several files the last counts, one
    that ends in `+` adds to it.
    """
    told = settings(argv[2:])
    known = bool(told)
    if not known:  # k3s takes its arguments out of its command line, for they may hold secrets
        started = service.command_line(root, unit, program, errors)
        told, known = settings(started[2:]), bool(started)
    default = f"/etc/rancher/{program}/config.yaml"
    path = told.get("config", [default])[-1]
    merged: Settings = {}
    for file in [path, *_drop_ins(root, f"{path}.d", errors)]:
        try:
            root.find(file)
        except NotRead as error:
            if error.status != "absent" or file != default:
                errors.append(f"{file}: {error}")
                known = False
            continue
        document = mapping(root, file, errors)
        known = known and document is not None
        for name, values in _file(document or {}).items():
            added = name.endswith("+")
            name = name.removesuffix("+")
            merged[name] = [*merged.get(name, []), *values] if added else values
    return {**merged, **told}, known


def components(program: str, role: str, told: Settings, source: str, config_dir: str = "") -> list[Process]:
    """The components that one process of k3s is, as if each ran by itself with the flags that it is given.

    `role` is `server` or `agent`. `config_dir` is the folder into which newer versions write the kubelet's
    configuration, in place of giving it flags.
    """
    data = _data(told, program)
    names = [*(_SERVER if role == "server" else ()), "kubelet", "kube-proxy"]
    if role == "server" and _has_etcd(told):
        names.append("etcd")
    found = []
    for name in names:
        if _is_true(told.get(_DISABLED.get(name, ""), ["false"])[-1]):
            continue
        own = dict(_built_in(name, told))
        if name == "kubelet" and config_dir:
            own = {key: own[key] for key in ("kubeconfig", "read-only-port") if key in own}
            own["config-dir"] = config_dir
        extra = [value for key, each in _ARGUMENTS.items() if each == name for value in told.get(key, [])]
        given = {value.partition("=")[0].lstrip("-") for value in extra}
        if "authorization-config" in given:
            given.add("authorization-mode")
        argv = [f"--{key}={value.format(data=data)}" for key, value in own.items() if key not in given]
        argv += [f"--{value.lstrip('-')}" for value in extra]
        found.append(Process(name, [_PROGRAMS.get(name, name), *argv], source))
    return found


def config_dir(root: Root, told: Settings) -> str:
    """The folder into which newer versions write the kubelet's configuration; empty where there is none."""
    folder = config_dir_path(told, "k3s")
    try:
        return folder if root.find(folder).type == "dir" else ""
    except NotRead:
        return ""


def etcd_config_path(told: Settings) -> str:
    """The file from which the embedded etcd is configured."""
    return f"{_data(told, 'k3s')}/server/db/etcd/config"


def config_dir_path(told: Settings, program: str) -> str:
    """Where newer versions write the kubelet's configuration."""
    return f"{_data(told, program)}/agent/etc/kubelet.conf.d"


def _data(told: Settings, program: str) -> str:
    return told.get("data-dir", [DATA.format(program=program)])[-1].rstrip("/")


def _built_in(component: str, told: Settings) -> Mapping[str, str]:
    flags = dict(_BUILT_IN[component])
    if component == "apiserver":
        if _has_etcd(told):
            flags |= _ETCD_TLS
        if _is_true(told.get("secrets-encryption", ["false"])[-1]):
            flags["encryption-provider-config"] = "{data}/server/cred/encryption-config.json"
    if component == "kubelet" and _is_true(told.get("protect-kernel-defaults", ["false"])[-1]):
        flags["protect-kernel-defaults"] = "true"
    return flags


def _has_etcd(told: Settings) -> bool:
    """Whether its datastore is the embedded etcd, as far as its flags tell: SQLite is the default."""
    joins = "server" in told and "datastore-endpoint" not in told
    return (_is_true(told.get("cluster-init", ["false"])[-1]) or joins) and not _is_true(
        told.get("disable-etcd", ["false"])[-1]
    )


def _is_true(value: str) -> bool:
    return value.lower() in ("true", "1", "t", "yes", "on")


def _file(document: Mapping[str, Any]) -> Settings:
    found: Settings = {}
    for name, value in document.items():
        values = value if isinstance(value, list) else [value]
        texts = [_text(each) for each in values if not isinstance(each, (dict, list))]
        plus = name.endswith("+")
        bare = name.removesuffix("+")
        found[_SHORT.get(bare, bare) + ("+" if plus else "")] = texts
    return found


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _drop_ins(root: Root, folder: str, errors: list[str]) -> list[str]:
    try:
        names, _ = root.names(folder)
    except NotRead as error:
        if error.status != "absent":
            errors.append(f"{folder}: {error}")
        return []
    return [f"{folder}/{name}" for name in names if name.endswith((".yaml", ".yml"))][:100]
