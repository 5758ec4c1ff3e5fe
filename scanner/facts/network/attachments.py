"""Which routes of the Gateway API get traffic: those that a listener takes.

Source: https://gateway-api.sigs.k8s.io/reference/spec/ (ParentReference, Listener, AllowedRoutes)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scanner.collect.interface import Path, Resource
from scanner.facts.index import Index, namespace_labels, namespace_of, selects
from scanner.facts.routes import GATEWAY
from scanner.fields import entries, field, mapping, text, values

_WITH_LISTENERS = (f"Gateway.{GATEWAY}", f"ListenerSet.{GATEWAY}", "XListenerSet.gateway.networking.x-k8s.io")
_KINDS = {
    "HTTP": ("HTTPRoute", "GRPCRoute"),
    "HTTPS": ("HTTPRoute", "GRPCRoute"),
    "TLS": ("TLSRoute", "TCPRoute"),
    "TCP": ("TCPRoute",),
    "UDP": ("UDPRoute",),
}
"""Protocol of a listener → the routes that it takes without naming kinds; any for a protocol not here."""
_WITH_HOSTNAMES = ("HTTPRoute", "GRPCRoute", "TLSRoute")


@dataclass(frozen=True, slots=True)
class Refusal:
    """A parent that a route names and that does not take it."""

    path: Path
    """The field at fault."""
    message: str


def attached(index: Index, route: Resource) -> bool:
    """Whether a Gateway takes a route; one that is not at hand is taken to do so."""
    return bool(holders(index, route))


def holders(index: Index, route: Resource) -> list[Resource | None]:
    """The Gateways, or sets of listeners, that take a route; None for one that is not at hand."""
    found = [(at, _holder(index, route, parent)) for at, parent in _parents(route)]
    return [holder for at, holder in found if holder is None or _refusal(index, route, at, holder) is None]


def refusals(index: Index, route: Resource) -> list[Refusal]:
    """The Gateways that a route names and that do not take it, or are not at hand."""
    if not entries(route.body, "spec", "parentRefs"):
        return [Refusal(("spec",), "The route names no Gateway")]
    found = []
    for at, parent in _parents(route):
        holder = _holder(index, route, parent)
        if holder is None:
            kind, path = text(parent, "kind") or "Gateway", ("spec", "parentRefs", at, "name")
            message = f"There is no {kind} {text(parent, 'name')} in the namespace {_home(route, parent)}"
            found.append(Refusal(path, message))
        elif (refusal := _refusal(index, route, at, holder)) is not None:
            found.append(refusal)
    return found


def _parents(route: Resource) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Not a Service, as meshes use: it is no way in from outside."""
    for at, parent in entries(route.body, "spec", "parentRefs"):
        if _kind(parent) in _WITH_LISTENERS:
            yield at, parent


def _kind(parent: Mapping[str, Any]) -> str:
    group = parent.get("group")
    return f"{text(parent, 'kind') or 'Gateway'}.{GATEWAY if group is None else group}"


def _home(route: Resource, parent: Mapping[str, Any]) -> str:
    return text(parent, "namespace") or namespace_of(route)


def _holder(index: Index, route: Resource, parent: Mapping[str, Any]) -> Resource | None:
    """The object whose listeners are meant."""
    return index.get(_kind(parent), _home(route, parent), text(parent, "name"))


def _refusal(index: Index, route: Resource, at: int, holder: Resource) -> Refusal | None:
    """Why no listener takes a route: the last condition that none of those left fulfils."""
    parent: Mapping[str, Any] = field(route.body, "spec", "parentRefs", at)
    if _is_accepted(route, parent):
        return None
    place: Path = ("spec", "parentRefs", at)
    name, port, home = text(parent, "sectionName"), field(parent, "port"), namespace_of(route)
    shown = f"{holder.kind} {namespace_of(holder)}/{holder.name}"
    steps: Sequence[tuple[Path, str, Callable[[Mapping[str, Any]], bool]]] = (
        (
            (*place, "sectionName"),
            f"The {shown} has no listener {name}",
            lambda each: name in ("", text(each, "name")),
        ),
        (
            (*place, "port"),
            f"The {shown} has no such listener on port {port}",
            lambda each: port in (None, field(each, "port")),
        ),
        (
            (*place, "name"),
            f"No such listener of the {shown} takes a {route.kind}",
            lambda each: _takes_kind(each, route.kind),
        ),
        (
            (*place, "name"),
            f"No such listener of the {shown} takes routes of the namespace {home}",
            lambda each: _takes_namespace(index, each, home, namespace_of(holder)),
        ),
        (
            ("spec", "hostnames"),
            f"No such listener of the {shown} is for any of the route's host names",
            lambda each: _takes_hostnames(each, route),
        ),
    )
    left = [each for _, each in entries(holder.body, "spec", "listeners")]
    for path, message, fulfils in steps:
        left = [each for each in left if fulfils(each)]
        if not left:
            there = field(route.body, *path) is not None
            return Refusal(path if there else (*place, "name"), message)
    return None


def _is_accepted(route: Resource, parent: Mapping[str, Any]) -> bool:
    """The Gateway's controller says in the route's status that it takes the route."""
    keys = ("group", "kind", "namespace", "name", "sectionName", "port")
    defaults = {"group": GATEWAY, "kind": "Gateway", "namespace": namespace_of(route)}

    def named(reference: Mapping[str, Any]) -> list[Any]:
        return [reference.get(key, defaults.get(key)) for key in keys]

    return any(
        named(mapping(entry, "parentRef")) == named(parent)
        and any(
            text(condition, "type") == "Accepted" and text(condition, "status") == "True"
            for _, condition in entries(entry, "conditions")
        )
        for _, entry in entries(route.body, "status", "parents")
    )


def _takes_kind(listener: Mapping[str, Any], kind: str) -> bool:
    named = entries(listener, "allowedRoutes", "kinds")
    if named:
        return any(text(each, "kind") == kind and each.get("group", GATEWAY) == GATEWAY for _, each in named)
    return kind in _KINDS.get(text(listener, "protocol"), (kind,))


def _takes_namespace(index: Index, listener: Mapping[str, Any], home: str, own: str) -> bool:
    allowed = mapping(listener, "allowedRoutes", "namespaces")
    match text(allowed, "from"):
        case "All":
            return True
        case "None":
            return False
        case "Selector":
            if index.namespaces.get(home) is None and not index.snapshot:
                return True  # its labels are not at hand
            return selects(mapping(allowed, "selector"), namespace_labels(index, home))
        case _:
            return home == own


def _takes_hostnames(listener: Mapping[str, Any], route: Resource) -> bool:
    theirs = text(listener, "hostname").lower()
    own = [each.lower() for each in values(route.body, "spec", "hostnames") if isinstance(each, str)]
    if route.kind not in _WITH_HOSTNAMES or not theirs or not own:
        return True
    return any(each == theirs or _covers(theirs, each) or _covers(each, theirs) for each in own)


def _covers(wildcard: str, name: str) -> bool:
    return wildcard.startswith("*.") and name.endswith(wildcard[1:])
