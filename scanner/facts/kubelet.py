"""What a node's kubelet really runs with: what it reports itself, else its flags, drop-ins, file and defaults.

The order is the kubelet's own (cmd/kubelet/app/server.go): flags overrule the drop-ins of `--config-dir`, of
which a later one overrules an earlier, those the file of `--config`, and that the defaults. The defaults
without a file are older and laxer ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from scanner.collect.interface import Path
from scanner.facts.defaults import Version, default_of
from scanner.facts.fields import as_integer, as_text, entries, field, mapping, text, values
from scanner.facts.index import Index
from scanner.facts.nodes import HOW, Flags, flags_of, minor, processes, roles
from scanner.facts.subject import Subject

Kind = Literal["boolean", "integer", "text", "list", "duration"]
_Value = bool | int | float | str | list[str]


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting of the kubelet."""

    kind: Kind
    keys: tuple[str, ...] = ()
    """Where it stands in a KubeletConfiguration; empty for one that only a flag can set."""
    unset: _Value | None = None
    """What it means that a running kubelet does not report it; None where a kubelet always does."""


SETTINGS: dict[str, Setting] = {
    "anonymous-auth": Setting("boolean", ("authentication", "anonymous", "enabled")),
    "authorization-mode": Setting("text", ("authorization", "mode")),
    "client-ca-file": Setting("text", ("authentication", "x509", "clientCAFile"), ""),
    "event-qps": Setting("integer", ("eventRecordQPS",)),
    "hostname-override": Setting("text"),
    "make-iptables-util-chains": Setting("boolean", ("makeIPTablesUtilChains",)),
    "pod-max-pids": Setting("integer", ("podPidsLimit",)),
    "read-only-port": Setting("integer", ("readOnlyPort",), 0),
    "rotate-certificates": Setting("boolean", ("rotateCertificates",), False),
    "rotate-server-certificates": Setting("boolean", ("serverTLSBootstrap",), False),
    "seccomp-default": Setting("boolean", ("seccompDefault",)),
    "streaming-connection-idle-timeout": Setting("duration", ("streamingConnectionIdleTimeout",)),
    "tls-cert-file": Setting("text", ("tlsCertFile",), ""),
    "tls-cipher-suites": Setting("list", ("tlsCipherSuites",), []),
    "tls-min-version": Setting("text", ("tlsMinVersion",), ""),
    "tls-private-key-file": Setting("text", ("tlsPrivateKeyFile",), ""),
    "cert-dir": Setting("text"),
}
"""The kubelet's flag → what it sets."""
_FLAG_ALONE = [name for name, setting in SETTINGS.items() if not setting.keys]
SERVER_ROTATION = "RotateKubeletServerCertificate"
"""The feature gate without which the kubelet's serving certificate is not renewed."""
_TRUE, _FALSE = {"1", "t", "T", "true", "TRUE", "True"}, {"0", "f", "F", "false", "FALSE", "False"}
_NUMBER, _UNIT = r"(\d{1,18}\.?\d{0,18}|\.\d{1,18})", r"(ns|us|µs|ms|s|m|h)"
_DURATION = re.compile(rf"([-+]?)(?:{_NUMBER}|(?:{_NUMBER}{_UNIT})+)")
_PART = re.compile(rf"{_NUMBER}{_UNIT}?")
_SECONDS = {"ns": 1e-9, "us": 1e-6, "µs": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0, "h": 3600.0}
_WITHOUT_FILE = "kubelet-without-config"
_LONGEST = 1_000


@dataclass(frozen=True, slots=True)
class Layer:
    """A configuration, over those below it."""

    content: Mapping[str, Any]
    source: str
    path: Path
    """Where it stands in NodeFacts."""


@dataclass(frozen=True, slots=True)
class Kubelet:
    """What NodeFacts tell of a kubelet's configuration."""

    flags: Flags | None
    """None where its command line is not known."""
    all_flags: bool
    """There are no flags beside those."""
    reported: Layer | None
    """What the running kubelet says that it runs with."""
    layers: Sequence[Layer]
    """Its file and drop-ins, each over those before it."""
    gap: str
    """Why the layers are not all; empty when they are."""
    version: Version
    has_file: bool
    """It was started with `--config`."""


def settings(index: Index, unit: Subject) -> dict[str, dict[str, Any]]:
    """Each of SETTINGS, and the feature gate SERVER_ROTATION, for the kubelet of the node that is judged.

    `value` (a duration in seconds), `shown` and `source`, for people, or else `unknown` with the reason; and
    `path`, where in NodeFacts it stands. `given` says that it was set, and not left at its default. Empty for
    a node without a kubelet.
    """
    body = unit.resource.body
    if not _has_kubelet(body):
        return {}
    kubelet = read(index, body)
    found = {name: _found(kubelet, name, setting) for name, setting in SETTINGS.items()}
    found[SERVER_ROTATION] = _gate(kubelet, SERVER_ROTATION)
    return found


def self_signed(index: Index, unit: Subject) -> bool | None:
    """Whether the kubelet made its serving certificate itself, although it reports a file; None: not known.

    A running kubelet without a certificate makes one and reports it as if it had been told to use it.
    """
    kubelet = read(index, unit.resource.body)
    if kubelet.reported is None:
        return False
    named = [text(kubelet.reported.content, key) for key in ("tlsCertFile", "tlsPrivateKeyFile")]
    folders = {path.rpartition("/")[0] for path in named}
    if [path.rpartition("/")[2] for path in named] != ["kubelet.crt", "kubelet.key"] or len(folders) != 1:
        return False
    if kubelet.flags is not None and not kubelet.gap:
        lower = replace(kubelet, reported=None)
        return not _found(lower, "tls-cert-file", SETTINGS["tls-cert-file"]).get("given", False)
    folder = kubelet.flags.values.get("cert-dir") if kubelet.flags else None
    return True if folders == {(folder or _CERTIFICATES).rstrip("/")} else None


_CERTIFICATES = "/var/lib/kubelet/pki"


def read(index: Index, body: Mapping[str, Any]) -> Kubelet:
    """What NodeFacts tell of the kubelet."""
    told = mapping(body, "kubelet")
    flags, all_flags, gap = _flags(body)
    reported = None
    effective = mapping(told, "effective")
    effective = mapping(effective, "kubeletconfig") or effective
    if effective and text(told, "effectiveSource") in ("configz", ""):
        reported = Layer(effective, "its own report (configz)", ("kubelet", "effective"))
    named = flags.values.get("config", "") if flags else ""
    layers: list[Layer] = []
    if effective and text(told, "effectiveSource") == "merged-files":
        layers.append(Layer(effective, "its merged configuration files", ("kubelet", "effective")))
    elif not gap:
        layers, gap = _files(body, told, flags, named)
    version = (1, minor(body) or index.kubernetes_minor)
    return Kubelet(flags, all_flags, reported, layers, gap, version, bool(named))


def _has_kubelet(body: Mapping[str, Any]) -> bool:
    """Everything but a machine that is there for etcd alone runs a kubelet."""
    return roles(body) != {"etcd"} or any(processes(body, "kubelet"))


def _flags(body: Mapping[str, Any]) -> tuple[Flags | None, bool, str]:
    """The kubelet's flags, whether they are all, and why there may be more settings than they show."""
    for process in processes(body, "kubelet"):
        if process.flags is None:
            continue
        if process.source == "annotation":
            return process.flags, False, f"only the arguments in an annotation of its Node are known: {HOW}"
        if process.source == "flagz":
            # /flagz shows every flag with its default, as if it had been given
            named = {name: process.flags.values[name] for name in _FLAG_ALONE if name in process.flags.values}
            return Flags(named, process.flags.paths), True, f"only its /flagz is known: {HOW}"
        return process.flags, True, ""
    told = mapping(body, "kubelet", "flags")
    if told:
        return flags_of(told, ("kubelet", "flags")), True, ""
    return None, False, f"its command line is not known: {HOW}"


def _files(
    body: Mapping[str, Any], told: Mapping[str, Any], flags: Flags | None, named: str
) -> tuple[list[Layer], str]:
    layers: list[Layer] = []
    content = told.get("configFile")
    if named:
        if not isinstance(content, dict):
            return (
                [],
                f"the content of {named}, which --config names, is not at hand{_why(body, named)}: {HOW}",
            )
        layers.append(Layer(content, named, ("kubelet", "configFile")))
    elif content:
        return [], "NodeFacts hold a configuration file, yet its command line names none"
    folder = flags.values.get("config-dir", "") if flags else ""
    if not folder:
        return layers, ""
    drop_ins = told.get("dropIns")
    files = sorted(_drop_in_files(body, folder))
    missing = (
        f"not all drop-ins of {folder}, which --config-dir names, are at hand{_why(body, folder)}: {HOW}"
    )
    if not isinstance(drop_ins, list) or len(drop_ins) < len(files) or _why(body, folder):
        return layers, missing
    for at, held in enumerate(drop_ins):
        wrapped = isinstance(field(held, "content"), dict)
        document = field(held, "content") if wrapped else held
        if not isinstance(document, dict):
            return layers, missing
        name = text(held, "path") if wrapped else files[at] if len(files) == len(drop_ins) else ""
        path: Path = ("kubelet", "dropIns", at, *(("content",) if wrapped else ()))
        layers.append(Layer(document, name or f"drop-in {at + 1} of {folder}", path))
    return layers, ""


def _drop_in_files(body: Mapping[str, Any], folder: str) -> Iterator[str]:
    for _, entry in entries(body, "files"):
        path = text(entry, "path")
        inside = path.startswith(f"{folder.rstrip('/')}/") and path.endswith(".conf")
        if text(entry, "role") == "kubelet.config" and inside and entry.get("status") != "absent":
            yield path


def _why(body: Mapping[str, Any], path: str) -> str:
    """What the collector says of a path that it could not read."""
    for error in values(body, "collector", "errors"):
        if isinstance(error, str) and path in error:
            return f" ({error[:200]})"
    return ""


def _found(kubelet: Kubelet, name: str, setting: Setting) -> dict[str, Any]:
    """What a setting is, and from where."""
    if kubelet.reported is not None and setting.keys:
        value = field(kubelet.reported.content, *setting.keys)
        path = [*kubelet.reported.path, *setting.keys]
        if value is None and setting.unset is None:
            return {"unknown": "its own report (configz) does not hold it", "path": path}
        known = _typed(setting.unset if value is None else value, setting.kind)
        return _answer(known, name, kubelet.reported.source, path, True)
    if kubelet.flags is not None and name in kubelet.flags.values:
        known = _typed(kubelet.flags.values[name], setting.kind)
        return _answer(known, name, f"its flag --{name}", list(kubelet.flags.paths.get(name, ())), True)
    if kubelet.flags is not None and name in kubelet.flags.unclear:
        path = list(kubelet.flags.paths.get(name, ()))
        return {"unknown": f"its flag --{name}: {kubelet.flags.unclear[name]}", "path": path}
    if not setting.keys:
        if kubelet.flags is None or not kubelet.all_flags:
            return {"unknown": f"its command line is not known: {HOW}", "path": ["processes"]}
    elif kubelet.gap:
        return {"unknown": kubelet.gap, "path": ["kubelet"]}
    layer, state = lookup(kubelet.layers, setting.keys) if setting.keys else (None, None)
    if layer is not None and state is not None and not (state == "" and setting.kind == "text"):
        path = [*layer.path, *setting.keys]
        return _answer(_typed(state, setting.kind), name, layer.source, path, True)
    emptied = layer is not None  # a drop-in that sets null leaves the newer default
    return _default(kubelet, name, setting, kubelet.has_file or emptied)


def _default(kubelet: Kubelet, name: str, setting: Setting, has_file: bool) -> dict[str, Any]:
    value, source = None, "the default"
    if not has_file:
        value = default_of(_WITHOUT_FILE, name, kubelet.version)
        source = "the default without --config" if value is not None else source
    if value is None:
        value = default_of("kubelet", name, kubelet.version)
    known = _typed("" if value is None else value, setting.kind)
    return _answer(known, name, source, ["kubelet"], False)


def _gate(kubelet: Kubelet, name: str) -> dict[str, Any]:
    """A feature gate: a flag names it, or the files do, or it has its default."""
    keys = ("featureGates", name)
    if kubelet.reported is not None:
        value = field(kubelet.reported.content, *keys)
        path = [*kubelet.reported.path, *keys]
        known = None if value is None else _typed(value, "boolean")
        return (
            _default(kubelet, name, Setting("boolean", keys), True)
            if value is None
            else _answer(known, name, kubelet.reported.source, path, True)
        )
    if kubelet.flags is not None and "feature-gates" in kubelet.flags.unclear:
        path = list(kubelet.flags.paths.get("feature-gates", ()))
        return {
            "unknown": f"its flag --feature-gates: {kubelet.flags.unclear['feature-gates']}",
            "path": path,
        }
    given = kubelet.flags.values.get("feature-gates", "") if kubelet.flags else ""
    for part in reversed(given.split(",")):
        gate, _, value = part.strip().partition("=")
        if gate == name and kubelet.flags is not None:
            path = list(kubelet.flags.paths.get("feature-gates", ()))
            return _answer(_typed(value.strip(), "boolean"), name, "its flag --feature-gates", path, True)
    if kubelet.gap:
        return {"unknown": kubelet.gap, "path": ["kubelet"]}
    layer, state = lookup(kubelet.layers, keys)
    if layer is not None and state is not None:
        return _answer(_typed(state, "boolean"), name, layer.source, [*layer.path, *keys], True)
    return _default(kubelet, name, Setting("boolean", keys), kubelet.has_file)


def lookup(layers: Sequence[Layer], keys: Sequence[str]) -> tuple[Layer | None, Any]:
    """The topmost layer that says something of a setting, and what; None for null, which unsets it.

    As a JSON merge patch (RFC 7386), by which the kubelet lays a drop-in over what is below it.
    """
    for layer in reversed(layers):
        held: Any = layer.content
        for key in keys:
            if not isinstance(held, dict):
                return layer, held
            if key not in held:
                break
            held = held[key]
        else:
            return layer, held
    return None, None


def _answer(known: _Value | None, name: str, source: str, path: list[Any], given: bool) -> dict[str, Any]:
    if known is None:
        return {"unknown": f"{source} gives {name} a value that no kubelet takes", "path": path}
    shown = "true" if known is True else "false" if known is False else str(known)
    if isinstance(known, list):
        shown = ", ".join(known)
    if isinstance(known, float):
        shown = f"{known:g} s"
    return {
        "value": known,
        "shown": shown[:_LONGEST],
        "source": source[:_LONGEST],
        "path": path,
        "given": given,
    }


def _typed(value: object, kind: Kind) -> _Value | None:
    """A value as the setting's kind; None if it is no such value."""
    match kind:
        case "boolean":
            if isinstance(value, str):
                return True if value in _TRUE else False if value in _FALSE else None
            return value if isinstance(value, bool) else None
        case "integer":
            if isinstance(value, str) and re.fullmatch(r"[-+]?\d{1,18}", value):
                return int(value)
            return as_integer(value)
        case "list":
            if isinstance(value, str):
                return [each.strip() for each in value.split(",") if each.strip()]
            ok = isinstance(value, list) and all(isinstance(each, str) for each in value)
            return list(value) if ok and isinstance(value, list) else None
        case "duration":
            return seconds(value)
        case "text":
            return value if isinstance(value, str) else None


def seconds(duration: object) -> float | None:
    """A duration as Go writes it (`1h30m`), in seconds; a number without a unit counts as seconds.

    None for anything else.
    """
    written = as_text(duration) if not isinstance(duration, bool) else None
    found = _DURATION.fullmatch(written) if written else None
    if found is None:
        return None
    total = sum(float(number) * _SECONDS[unit or "s"] for number, unit in _PART.findall(found[0]))
    return -total if found[1] == "-" else total
