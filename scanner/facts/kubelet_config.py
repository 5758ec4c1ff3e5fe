"""A kubelet's flags and configuration files, as NodeFacts hold them, in the order in which they count.

The order is the kubelet's own (cmd/kubelet/app/server.go): flags overrule the drop-ins of `--config-dir`, of
which a later one overrules an earlier, and those the file of `--config`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scanner.collect.interface import Path
from scanner.facts.defaults import Version
from scanner.facts.index import Index
from scanner.facts.nodes import HOW, Flags, flags_of, minor, processes
from scanner.fields import entries, field, mapping, text, values

_NO_VALUE: dict[str, Any] = {}
"""Stands for what can be no setting, as where a text is in the place of a mapping."""
FLAGS_ALONE = ("cert-dir", "hostname-override")
"""Flags for which there is no field in a configuration file."""


@dataclass(frozen=True, slots=True)
class Layer:
    """A configuration, over those below it."""

    content: Mapping[str, Any]
    source: str
    """What it is, for people."""
    path: Path
    """Where it stands in NodeFacts."""


@dataclass(frozen=True, slots=True)
class Kubelet:
    """What NodeFacts tell of a kubelet's configuration."""

    flags: Flags | None
    """None where none of its command line is known."""
    all_flags: bool
    """There are no flags beside those."""
    reported: Layer | None
    """What the running kubelet says that it runs with."""
    layers: Sequence[Layer]
    """Its file and drop-ins, each over those before it."""
    gap: str
    """Why there may be more settings than flags and layers show; empty when there are not."""
    version: Version
    has_file: bool
    """It was started with `--config`."""


def read(index: Index, body: Mapping[str, Any]) -> Kubelet:
    """What the NodeFacts tell of the kubelet."""
    told = mapping(body, "kubelet")
    flags, all_flags, gap = _flags(body)
    named = flags.values.get("config", "") if flags else ""
    effective = mapping(told, "effective")
    effective = mapping(effective, "kubeletconfig") or effective  # as /configz wraps it
    path: Path = ("kubelet", "effective")
    reported = None
    layers: list[Layer] = []
    if effective and text(told, "effectiveSource") == "configz":
        reported = Layer(effective, "its own report (configz)", path)
    if effective and text(told, "effectiveSource") == "merged-files":
        layers = [Layer(effective, "its configuration files, merged", path)]
    elif not gap:
        layers, gap = _files(body, told, flags, named)
    version = (1, minor(body) or index.kubernetes_minor)
    return Kubelet(flags, all_flags, reported, layers, gap, version, bool(named))


def lookup(layers: Sequence[Layer], keys: Sequence[str]) -> tuple[Layer | None, Any]:
    """The topmost layer that says something of a setting, and what; None for null, which unsets it.

    As a JSON merge patch (RFC 7386), by which the kubelet lays a drop-in over what is below it.
    """
    for layer in reversed(layers):
        held: Any = layer.content
        for key in keys:
            if not isinstance(held, dict):
                return layer, None if held is None else _NO_VALUE
            if key not in held:
                break
            held = held[key]
        else:
            return layer, held
    return None, None


def _flags(body: Mapping[str, Any]) -> tuple[Flags | None, bool, str]:
    for process in processes(body, "kubelet"):
        if process.flags is None:
            continue
        if process.source == "annotation":
            return process.flags, False, f"only the arguments in an annotation of its Node are known: {HOW}"
        if process.source == "flagz":
            # /flagz shows every flag with its default, as if it had been given
            named = {name: process.flags.values[name] for name in FLAGS_ALONE if name in process.flags.values}
            return Flags(named, process.flags.paths), True, f"only its /flagz is known: {HOW}"
        return process.flags, True, ""
    told = mapping(body, "kubelet", "flags")
    if told:
        return flags_of(told, ("kubelet", "flags")), True, ""
    return None, False, f"its command line is not known: {HOW}"


def _files(
    body: Mapping[str, Any], told: Mapping[str, Any], flags: Flags | None, named: str
) -> tuple[list[Layer], str]:
    """The file and the drop-ins, and why these are not all."""
    layers: list[Layer] = []
    content = told.get("configFile")
    if named:
        if not isinstance(content, dict):
            return [], f"what {named} holds, which --config names, is not at hand{_why(body, named)}: {HOW}"
        layers.append(Layer(content, named, ("kubelet", "configFile")))
    elif content:
        return [], f"NodeFacts hold a configuration file, yet its command line names none: {HOW}"
    folder = flags.values.get("config-dir", "") if flags else ""
    if not folder:
        return layers, ""
    files = sorted(_drop_in_files(body, folder))
    held = told.get("dropIns")
    missing = f"not all drop-ins of {folder} are at hand, which --config-dir names{_why(body, folder)}: {HOW}"
    if not isinstance(held, list) or len(held) < len(files) or _why(body, folder):
        return layers, missing
    for at, each in enumerate(held):
        if not isinstance(each, dict):
            return layers, missing
        name = files[at] if len(files) == len(held) else f"drop-in {at + 1} of {folder}"
        path: Path = ("kubelet", "dropIns", at)
        wrapped = field(each, "content")
        if isinstance(wrapped, dict):
            each, name, path = wrapped, text(each, "path") or name, (*path, "content")
        layers.append(Layer(each, name, path))
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
