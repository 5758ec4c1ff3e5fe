"""What a node's kubelet runs with: what it reports itself, else its flags, drop-ins, file and defaults.

The defaults without a configuration file are older and laxer ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from scanner.collect.interface import Path
from scanner.facts.defaults import default_of
from scanner.facts.go_values import Kind, Value, typed
from scanner.facts.index import Index
from scanner.facts.kubelet_config import FLAGS_ALONE, Kubelet, lookup, read
from scanner.facts.nodes import HOW, roles, runs
from scanner.facts.subject import Subject, once
from scanner.fields import field, text


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting of the kubelet."""

    kind: Kind
    keys: tuple[str, ...] = ()
    """Where it stands in a KubeletConfiguration; empty for one that only a flag can set."""
    unset: Value | None = None
    """What it means that a running kubelet does not report it; None where a kubelet always does."""


SETTINGS: dict[str, Setting] = {
    "anonymous-auth": Setting("boolean", ("authentication", "anonymous", "enabled")),
    "authorization-mode": Setting("text", ("authorization", "mode")),
    "client-ca-file": Setting("text", ("authentication", "x509", "clientCAFile"), ""),
    "event-qps": Setting("integer", ("eventRecordQPS",)),
    "make-iptables-util-chains": Setting("boolean", ("makeIPTablesUtilChains",)),
    "pod-max-pids": Setting("integer", ("podPidsLimit",)),
    "protect-kernel-defaults": Setting("boolean", ("protectKernelDefaults",), False),
    "read-only-port": Setting("integer", ("readOnlyPort",), 0),
    "rotate-certificates": Setting("boolean", ("rotateCertificates",), False),
    "rotate-server-certificates": Setting("boolean", ("serverTLSBootstrap",), False),
    "seccomp-default": Setting("boolean", ("seccompDefault",)),
    "streaming-connection-idle-timeout": Setting("duration", ("streamingConnectionIdleTimeout",)),
    "tls-cert-file": Setting("text", ("tlsCertFile",), ""),
    "tls-cipher-suites": Setting("list", ("tlsCipherSuites",), []),
    "tls-min-version": Setting("text", ("tlsMinVersion",), ""),
    "tls-private-key-file": Setting("text", ("tlsPrivateKeyFile",), ""),
    **{name: Setting("text") for name in FLAGS_ALONE},
}
"""The kubelet's flag → what it sets."""
GATE = "RotateKubeletServerCertificate"
"""The feature gate without which the kubelet's serving certificate is not renewed."""
_CERTIFICATES = "/var/lib/kubelet/pki"
_WITHOUT_FILE = "kubelet-without-config"
_LONGEST = 1_000


def settings(index: Index, unit: Subject) -> dict[str, dict[str, Any]]:
    """Each of SETTINGS, and the feature gate GATE, for the kubelet of the node that is judged.

    `value` (a duration in seconds), `shown` and `source`, for people, or else `unknown` with the reason; and
    `path`, where in NodeFacts it stands. `given` says that it was set, and not left at its default. Empty for
    a node without a kubelet.
    """
    known, key = _known(index), id(unit.resource)
    if key not in known:
        known[key] = _settings(index, unit.resource.body)
    return known[key]


@once
def _known(_index: Index) -> dict[int, dict[str, dict[str, Any]]]:
    """The `id` of NodeFacts → the settings, which rules with other `reads` ask for again."""
    return {}


def _settings(index: Index, body: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    if not _has_kubelet(body):
        return {}
    kubelet = read(index, body)
    found = {name: _found(kubelet, name, setting) for name, setting in SETTINGS.items()}
    return {**found, GATE: _gate(kubelet)}


def self_signed(index: Index, unit: Subject) -> bool | None:
    """Whether the kubelet made its serving certificate itself, although it reports a file; None: not known.

    A running kubelet without a certificate makes one, and reports it as if it had been told to use it.
    """
    kubelet = read(index, unit.resource.body)
    if kubelet.reported is None:
        return False
    files = [text(kubelet.reported.content, key) for key in ("tlsCertFile", "tlsPrivateKeyFile")]
    folders = {path.rpartition("/")[0] for path in files}
    if [path.rpartition("/")[2] for path in files] != ["kubelet.crt", "kubelet.key"] or len(folders) != 1:
        return False
    if kubelet.flags is not None and kubelet.all_flags and not kubelet.gap:
        told = _found(replace(kubelet, reported=None), "tls-cert-file", SETTINGS["tls-cert-file"])
        return not told.get("given", False)
    folder = kubelet.flags.values.get("cert-dir") if kubelet.flags else None
    return True if folders == {(folder or _CERTIFICATES).rstrip("/")} else None


def _has_kubelet(body: Mapping[str, Any]) -> bool:
    """Everything but a machine that is there for etcd alone runs a kubelet."""
    return roles(body) != {"etcd"} or runs(body, "kubelet")


def _found(kubelet: Kubelet, name: str, setting: Setting) -> dict[str, Any]:
    if kubelet.reported is not None and setting.keys:
        path: Path = (*kubelet.reported.path, *setting.keys)
        value = field(kubelet.reported.content, *setting.keys)
        value = setting.unset if value is None else value
        if value is None:
            return _unknown("its own report (configz) does not hold it", path)
        return _answer(value, setting.kind, name, kubelet.reported.source, path)
    given = _flag(kubelet, name)
    if given is not None:
        value, path = given
        if value is None:
            return _unknown(
                f"its flag --{name}: {kubelet.flags.unclear[name] if kubelet.flags else ''}", path
            )
        return _answer(value, setting.kind, name, f"its flag --{name}", path)
    if not setting.keys:
        if not kubelet.all_flags:
            return _unknown(f"its command line is not known: {HOW}", ("processes",))
        return _default(kubelet, name, setting.kind, True)
    if kubelet.gap:
        return _unknown(kubelet.gap, ("kubelet",))
    layer, value = lookup(kubelet.layers, setting.keys)
    if layer is None:
        return _default(kubelet, name, setting.kind, kubelet.has_file)
    if value is None or (value == "" and setting.kind == "text"):
        return _default(kubelet, name, setting.kind, True)  # as what a file leaves unset
    return _answer(value, setting.kind, name, layer.source, (*layer.path, *setting.keys))


def _gate(kubelet: Kubelet) -> dict[str, Any]:
    """The feature gate: what names it, else what sets all gates of its kind, else its default."""
    given = _flag(kubelet, "feature-gates") if kubelet.reported is None else None
    if given is not None and given[0] is None:
        return _unknown("its flag --feature-gates is not clear", given[1])
    layers = kubelet.layers if kubelet.reported is None else [kubelet.reported]
    flagged = dict(each.strip().partition("=")[::2] for each in (given[0] or "").split(",")) if given else {}
    for name in (GATE, "AllBeta"):
        if given is not None and name in flagged:
            return _answer(flagged[name], "boolean", name, "its flag --feature-gates", given[1])
        if kubelet.gap and kubelet.reported is None:
            return _unknown(kubelet.gap, ("kubelet",))
        layer, value = lookup(layers, ("featureGates", name))
        if layer is not None and value is not None:
            return _answer(value, "boolean", name, layer.source, (*layer.path, "featureGates", name))
    return _default(kubelet, GATE, "boolean", True)


def _flag(kubelet: Kubelet, name: str) -> tuple[str | None, Path] | None:
    """A flag's value, None where it is not clear, and where it stands; None for one that is not given."""
    flags = kubelet.flags
    if flags is None or not (name in flags.values or name in flags.unclear):
        return None
    return flags.values.get(name), flags.paths.get(name, ())


def _default(kubelet: Kubelet, name: str, kind: Kind, has_file: bool) -> dict[str, Any]:
    laxer = None if has_file else default_of(_WITHOUT_FILE, name, kubelet.version)
    value = laxer or default_of("kubelet", name, kubelet.version) or ""
    source = "default without --config" if laxer else "default"
    return {**_answer(value, kind, name, source, ("kubelet",)), "given": False}


def _unknown(reason: str, path: Path) -> dict[str, Any]:
    return {"unknown": reason, "path": list(path)}


def _answer(value: object, kind: Kind, name: str, source: str, path: Path) -> dict[str, Any]:
    known = typed(value, kind)
    if known is None:
        return _unknown(f"{source} gives {name} a value that no kubelet takes", path)
    shown = str(known).lower() if isinstance(known, bool) else str(known)
    if isinstance(known, list):
        shown = ", ".join(known)
    if isinstance(known, float):
        shown = f"{known:g} s"
    return {
        "value": known,
        "shown": shown[:_LONGEST],
        "source": source[:_LONGEST],
        "path": list(path),
        "given": True,
    }
