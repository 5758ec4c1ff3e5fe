"""What the network plugins of a cluster do with the policies of administrators, and with an `ipBlock`.

By `policies/upstream/network-plugins.yaml`, what Deployments and DaemonSets run, and how it is set up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import msgspec

from scanner.collect.interface import Resource
from scanner.facts.cni import Plugin, plugins
from scanner.facts.images import parse
from scanner.facts.index import Index, namespace_of
from scanner.facts.node_files import parsed
from scanner.facts.subject import Subject, once
from scanner.facts.upstream import FOLDER, load
from scanner.facts.workload import Container
from scanner.fields import entries, field, text, values

_CRD = "CustomResourceDefinition.apiextensions.k8s.io"
_VERSION = re.compile(r"v?(\d+)\.(\d+)(?!\d)")


class Switch(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What turns a feature on that is off by default: one of `flag`, `tag` and `config`."""

    flag: str = ""
    container: str = ""
    """The name of the container that takes the flag; empty for those that run the plugin."""
    tag: str = ""
    config: str = ""
    """The name of a ConfigMap, which a hash may follow."""
    key: str = ""
    gate: str = ""

    def __str__(self) -> str:
        if self.tag:
            return f"an image of the kind {self.tag}"
        if self.flag:
            return f"--{self.flag}=true"
        return f"{f'feature gate {self.gate} in ' if self.gate else ''}{self.key} of ConfigMap {self.config}"


class Support(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Kinds that some versions of a plugin enforce."""

    kinds: tuple[str, ...]
    since: str = ""
    until: str = ""
    """The first version that does so no longer."""
    switches: tuple[Switch, ...] = ()

    @property
    def span(self) -> str:
        """The versions that do so."""
        return f"from {self.since} on" + (f", and no longer from {self.until} on" if self.until else "")


class Known(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is known of a plugin."""

    name: str
    sources: tuple[str, ...]
    admin: tuple[Support, ...] = ()
    never: tuple[str, ...] = ()
    ipBlockMatchesPods: bool | None = None  # noqa: N815


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole table."""

    plugins: tuple[Known, ...]


@cache
def known_plugins() -> Mapping[str, Known]:
    """What is known of network plugins, by their names."""
    return {each.name: each for each in load(FOLDER / "network-plugins.yaml", Table).plugins}


def admin(index: Index, unit: Subject) -> dict[str, Any]:
    """Over policies of administrators: whether the cluster knows their kind, and its plugins enforce it.

    `undefined`: why the API server does not take the policy; None where it does, or that is not known.
    `plugins`: of each plugin its name and version, whether it `enforces` the kind (None if that is not
    known), and `why`.
    """
    return _admin(index, unit.resource)


def without_effect(index: Index, policy: Resource) -> str:
    """Why a policy of administrators changes nothing in this cluster; empty where it may."""
    found = _admin(index, policy)
    if found["undefined"]:
        return f"the API server does not take it: {found['undefined']}"
    if not found["plugins"] or any(plugin["enforces"] is not False for plugin in found["plugins"]):
        return ""
    return "; ".join(f"{plugin['name']}: {plugin['why']}" for plugin in found["plugins"])


def _admin(index: Index, policy: Resource) -> dict[str, Any]:
    verdicts = _verdicts(index)
    if policy.kind not in verdicts:
        verdicts[policy.kind] = [
            _verdict(index, plugin, policy.kind) for _, plugin in sorted(plugins(index).items())
        ]
    return {"undefined": _undefined(index, policy), "plugins": verdicts[policy.kind]}


@once
def _verdicts(_index: Index) -> dict[str, list[dict[str, Any]]]:
    """What was found so far of kinds."""
    return {}


def matching_pods(index: Index, _unit: Subject) -> list[str]:
    """The plugins at hand that compare an `ipBlock` with the addresses of pods."""
    return plugins_matching_pods(index)


def plugins_matching_pods(index: Index) -> list[str]:
    """The same for the whole cluster."""
    return sorted(
        name for name in plugins(index) if (known := known_plugins().get(name)) and known.ipBlockMatchesPods
    )


def _undefined(index: Index, policy: Resource) -> str | None:
    """An object with a uid was taken by an API server; without any definition at hand none was collected."""
    if text(policy.body, "metadata", "uid") or not index.by_kind.get(_CRD):
        return None
    group, _, version = text(policy.body, "apiVersion").rpartition("/")
    for definition in index.by_kind[_CRD]:
        spec = definition.body.get("spec")
        if text(spec, "group") == group and text(spec, "names", "kind") == policy.kind:
            served = [
                text(each, "name") for _, each in entries(spec, "versions") if field(each, "served") is True
            ]
            if version in served:
                return None
            return f"{definition.name} serves {', '.join(sorted(served)) or 'no version'}, not {version}"
    return f"no CustomResourceDefinition at hand defines {policy.kind}.{group}"


def _verdict(index: Index, plugin: Plugin, kind: str) -> dict[str, Any]:
    tags = sorted(_tags(plugin))
    enforces, why = _support(index, plugin, tags, kind)
    return {"name": " ".join([plugin.name, *tags[:1]]), "enforces": enforces, "why": why}


def _support(index: Index, plugin: Plugin, tags: list[str], kind: str) -> tuple[bool | None, str]:
    known = known_plugins().get(plugin.name)
    if not plugin.enforces:
        return False, "it enforces no policies"
    if known is None:
        return None, "what it does with the kind is not known"
    if kind in known.never:
        return False, "no version of it enforces the kind"
    support = next((each for each in known.admin if kind in each.kinds), None)
    if support is None:
        return None, "what it does with the kind is not known"
    in_time = _in_time(support, tags)
    if in_time is False:
        return False, f"it enforces the kind {support.span}"
    if support.switches:
        states = [_is_on(index, plugin, tags, switch) for switch in support.switches]
        how = " or ".join(map(str, support.switches))
        if not any(states):
            off = all(state is False for state in states)
            said = f"it enforces the kind only with {how}"
            return (False, said) if off else (None, f"{said}, which is not at hand")
    return in_time, "" if in_time else f"it enforces the kind {support.span}, and its version is not known"


def _tags(plugin: Plugin) -> set[str]:
    images = [parse(text(container.body, "image")) for container in plugin.containers]
    return {image["tag"] for image in images if image and image["tag"]}


def _in_time(support: Support, tags: list[str]) -> bool | None:
    """Whether all versions are among those that enforce, or none is; None where that is not known."""
    if not support.since and not support.until:
        return True
    found = {_is_between(support, tag) for tag in tags}
    return found.pop() if len(found) == 1 else None


def _is_between(support: Support, tag: str) -> bool | None:
    version = _version(tag)
    if version is None:
        return None
    since, until = _version(support.since), _version(support.until)
    return (since is None or version >= since) and (until is None or version < until)


def _version(tag: str) -> tuple[int, int] | None:
    found = _VERSION.match(tag)
    return (int(found[1]), int(found[2])) if found else None


def _is_on(index: Index, plugin: Plugin, tags: list[str], switch: Switch) -> bool | None:
    """None where it is not at hand, or different places say different things."""
    if switch.tag:
        states: set[bool | None] = {switch.tag in tag for tag in tags}
    elif switch.flag:
        named = _named(index, switch.container) if switch.container else plugin.containers
        states = {_flag(container, switch.flag) for container in named}
    else:
        states = {_configured(each, switch) for each in _config_maps(index, switch.config)}
    return states.pop() if len(states) == 1 else None


def _named(index: Index, name: str) -> Iterator[Container]:
    for workload in index.workloads:
        yield from (each for each in workload.containers if each.name == name)


def _flag(container: Container, flag: str) -> bool | None:
    """The last one counts."""
    given = [*values(container.body, "command"), *values(container.body, "args")]
    state: bool | None = False
    for argument in map(str, given):
        name, equals, value = argument.lstrip("-").partition("=")
        if name == flag and argument.startswith("-"):
            state = _boolean(value) if equals else True
    return state


def _config_maps(index: Index, name: str) -> Iterator[Resource]:
    for each in sorted(index.by_kind.get("ConfigMap", ()), key=namespace_of):
        if each.name == name or each.name.startswith(f"{name}-"):
            yield each


def _configured(config: Resource, switch: Switch) -> bool | None:
    content = text(config.body, "data", switch.key)
    if not switch.gate:
        return _boolean(content) if content else False
    held = parsed(content)
    if held is None:
        return None
    gate = field(held, "featureGates", switch.gate)
    every = field(held, "featureGates", "AllAlpha")
    return gate if isinstance(gate, bool) else every is True


def _boolean(value: str) -> bool | None:
    return {"true": True, "false": False, "t": True, "f": False, "1": True, "0": False}.get(value.lower())
