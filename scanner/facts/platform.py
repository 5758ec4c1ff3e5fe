"""Who runs the cluster, and which of its parts that leaves to look at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Literal

import msgspec

from scanner.collect.interface import Resource
from scanner.facts.components import API_SERVER, CONTROL_PLANE, ETCD, KUBE_PROXY, Component, components
from scanner.facts.index import NODE_FACTS, SYSTEM_NAMESPACE, Index
from scanner.facts.kube_proxy import nodes_without
from scanner.facts.settings import setting
from scanner.facts.subject import Subject, once
from scanner.facts.upstream import FOLDER, load
from scanner.fields import entries, mapping, text, values

Seen = tuple[Literal["", "unknown", "not_applicable"], str]
_HOW = "collect them with `kubeassay node collect` on each node, or scan with --nodes=job"
_CONTROL_PLANE_ROLES = ("node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/master")
_ETCD_ROLE = "node-role.kubernetes.io/etcd"
_FEW = 3


class Platform(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A distribution, or a provider's service."""

    name: str
    title: str
    managed: bool = False
    """The provider runs the control plane, and shows nobody its Pods and files."""
    labels: tuple[str, ...] = ()
    annotations: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()
    """Parts of the kubelet's or the server's version."""
    providers: tuple[str, ...] = ()
    """What `spec.providerID` of Nodes begins with."""
    groups: tuple[str, ...] = ()
    """API groups of its own."""
    osImages: tuple[str, ...] = ()  # noqa: N815
    """What the operating system calls itself begins with this."""
    offers: str = ""
    """What the provider offers in place of the settings."""
    learn: str = ""
    """How to learn of the control plane."""
    roles: tuple[str, ...] = ()
    """How the names begin of the roles that it keeps in the cluster itself."""


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole table."""

    platforms: tuple[Platform, ...]


@cache
def platforms() -> tuple[Platform, ...]:
    """The platforms that the scanner knows, in the order in which they are tried."""
    return load(FOLDER / "platforms.yaml", Table).platforms


@once
def platform(index: Index) -> Platform | None:
    """The platform of the cluster; None when nothing tells of a known one."""
    nodes = index.by_kind.get("Node", [])
    facts = index.by_kind.get(NODE_FACTS, [])
    versions = [text(node.body, "status", "nodeInfo", "kubeletVersion") for node in nodes]
    versions += [text(one.body, "kubernetesVersion") for one in facts]
    if index.cluster is not None:
        versions.append(text(index.cluster.body, "gitVersion"))
    stated = {text(one.body, "distribution") for one in facts}
    groups = {resource.group for resource in index.resources}
    own_control_plane = bool(_nodes_with(index, API_SERVER))
    for known in platforms():
        if known.managed and own_control_plane:
            continue
        if known.name in stated or groups.intersection(known.groups):
            return known
        if any(part in version for version in versions for part in known.versions):
            return known
        if any(_is_on(node, known) for node in nodes):
            return known
    return None


def _is_on(node: Resource, known: Platform) -> bool:
    body = node.body
    provider, image = text(body, "spec", "providerID"), text(body, "status", "nodeInfo", "osImage")
    return (
        _any_key(mapping(body, "metadata", "labels"), known.labels)
        or _any_key(mapping(body, "metadata", "annotations"), known.annotations)
        or bool(known.providers and provider.startswith(known.providers))
        or bool(known.osImages and image.startswith(known.osImages))
    )


def _any_key(keys: Iterable[str], wanted: Sequence[str]) -> bool:
    return any(
        key.startswith(one[:-1]) if one.endswith("*") else key == one for key in keys for one in wanted
    )


def why_not_seen(index: Index, part: str, seen: Sequence[Subject]) -> Seen:
    """What to say of a part of Kubernetes (a component, or `NodeFacts`) beyond those that were `seen`.

    Nothing (an empty status) when all were seen; `not_applicable` when there is none to see, as where a
    provider runs the control plane; else `unknown`. With the reason, and how to learn more.
    """
    if part == NODE_FACTS:
        return _facts_of_nodes(index, seen)
    if part in CONTROL_PLANE:
        return _control_plane(index, part, seen)
    return _on_nodes(index, part, seen)


def _control_plane(index: Index, part: str, seen: Sequence[Subject]) -> Seen:
    known = platform(index)
    found = [unit.component for unit in seen if unit.component is not None]
    if not found and known is not None and known.managed:
        return "not_applicable", _managed(known)
    if part == ETCD:
        elsewhere = _datastore(index, found)
        if elsewhere is not None:
            return elsewhere
    wanted = _nodes_with(index, part)
    missing = sorted(wanted - {component.node for component in found})
    if found and all(component.node for component in found) and missing:
        return "unknown", f"No {part} was found on {_listed(missing)}, which should run one: {_HOW}"
    if found:
        reason = _because(index) if not wanted else ""
        return ("unknown", f"There may be more of {part}{reason}: {_HOW}") if reason else ("", "")
    return "unknown", f"No {part} was found in Pods or facts of nodes{_because(index)}: {_how(known)}"


def _managed(known: Platform) -> str:
    return (
        f"{known.title} runs the control plane and shows neither its Pods nor its files; "
        f"in its stead the provider offers {known.offers}"
    )


def _how(known: Platform | None) -> str:
    return f"{known.learn}; or {_HOW}" if known is not None and known.learn else _HOW


def _because(index: Index) -> str:
    for kind in ("Pod", "Node"):
        if kind in index.unread:
            return f" (not all {kind} objects could be read: {index.unread[kind]})"
    return " (only a part of the cluster was asked for)" if _is_partial(index) else ""


def _is_partial(index: Index) -> bool:
    """Whether the scan was not asked to look at all Pods of the system."""
    scope = index.cluster.body.get("scope") if index.cluster else None
    wanted = values(scope, "namespaces")
    return (
        bool(wanted and SYSTEM_NAMESPACE not in wanted)
        or SYSTEM_NAMESPACE in values(scope, "exceptNamespaces")
        or bool(text(scope, "selector"))
    )


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _FEW} more" if len(names) > _FEW else ""
    return ", ".join(names[:_FEW]) + more


def _nodes_with(index: Index, part: str) -> set[str]:
    """The nodes that must run a part of the control plane, as far as Nodes say."""
    found = set()
    for node in index.by_kind.get("Node", ()):
        labels = mapping(node.body, "metadata", "labels")
        if (part == ETCD and _ETCD_ROLE in labels) or (
            part != ETCD and any(role in labels for role in _CONTROL_PLANE_ROLES)
        ):
            found.add(node.name)
    return found


def _datastore(index: Index, seen: Sequence[Component]) -> Seen | None:
    """Where the API servers keep their data when it is no etcd beside them."""
    if seen:
        return None
    servers = [one for one in components(index) if one.name == API_SERVER]
    endpoints: list[str] = []
    for server in servers:
        found = setting(index, server, "etcd-servers") or {}
        endpoints += [each for each in str(found.get("value", "")).split(",") if each]
    if not endpoints:
        return None
    if all(endpoint.startswith("unix:") for endpoint in endpoints):
        return (
            "not_applicable",
            "There is no etcd: the API server reaches another database through a socket on its node",
        )
    own = {address for node in index.by_kind.get("Node", ()) for address in addresses(node)}
    outside = [each for each in endpoints if not _is_local(each) and _host(each) not in own]
    if outside and len(outside) == len(endpoints):
        hosts = _listed(sorted(dict.fromkeys(outside)))
        return (
            "unknown",
            f"etcd runs outside of what was scanned ({hosts}): collect the facts of its hosts with "
            "`kubeassay node collect` there",
        )
    return None


def _host(endpoint: str) -> str:
    from urllib.parse import urlsplit

    try:
        return urlsplit(endpoint if "://" in endpoint else f"//{endpoint}").hostname or ""
    except ValueError:
        return ""


def _is_local(endpoint: str) -> bool:
    host = _host(endpoint)
    return host.startswith("127.") or host in ("localhost", "::1")


def _on_nodes(index: Index, part: str, seen: Sequence[Subject]) -> Seen:
    found = {unit.component.node for unit in seen if unit.component is not None}
    if part == KUBE_PROXY:
        without = "" if seen else nodes_without(index)
        if without:
            return "not_applicable", without
        if "" in found:  # a DaemonSet's runs on every node
            return "", ""
    nodes = {node.name for node in index.by_kind.get("Node", ())}
    missing = sorted(nodes - found)
    if seen and not (missing and part):
        return "", ""
    if seen:
        return "unknown", f"No {part} was seen on {_listed(missing)}: {_HOW}"
    return "unknown", f"No {part or 'component'} was found in facts of a node: {_HOW}"


def _facts_of_nodes(index: Index, seen: Sequence[Subject]) -> Seen:
    nodes = {node.name for node in index.by_kind.get("Node", ())}
    missing = sorted(nodes - {unit.resource.name for unit in seen})
    if not seen:
        return "unknown", f"No facts of any node's host are at hand: {_HOW}"
    if missing:
        return "unknown", f"No facts of the hosts of {_listed(missing)} are at hand: {_HOW}"
    return "", ""


def control_plane_is_managed(index: Index) -> str:
    """Why nobody but the provider sees the control plane's hosts; empty when it is not so."""
    known = platform(index)
    return _managed(known) if known is not None and known.managed else ""


def roles(index: Index) -> Mapping[str, frozenset[str]]:
    """Node → what it is for (`control-plane`, `worker` …), as its Node object and its facts say."""
    found: dict[str, frozenset[str]] = {}
    for resource in [*index.by_kind.get("Node", ()), *index.by_kind.get(NODE_FACTS, ())]:
        found[resource.name] = found.get(resource.name, frozenset()) | frozenset(_roles(resource))
    return found


def _roles(resource: Resource) -> Iterator[str]:
    listed = resource.body.get("roles")
    yield from (one for one in listed if isinstance(one, str)) if isinstance(listed, list) else ()
    prefix = "node-role.kubernetes.io/"
    for label in mapping(resource.body, "metadata", "labels"):
        if label.startswith(prefix):
            yield label.removeprefix(prefix).replace("master", "control-plane")


def addresses(node: Resource) -> list[str]:
    """The addresses of a Node."""
    return [text(one, "address") for _, one in entries(node.body, "status", "addresses")]
