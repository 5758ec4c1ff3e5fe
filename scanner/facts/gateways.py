"""What the listeners of a Gateway are used for, and which routes they do not take."""

from __future__ import annotations

from typing import Any

from scanner.collect.interface import Resource
from scanner.facts.index import Index, namespace_of
from scanner.facts.network import attachments
from scanner.facts.routes import GATEWAY
from scanner.facts.subject import Subject
from scanner.fields import entries, field, text


def redirecting(index: Index, unit: Subject) -> list[str]:
    """Over Gateways: the listeners whose routes at hand, one at least, all send clients on to HTTPS."""
    gateway = unit.resource
    found = []
    for _, listener in entries(gateway.body, "spec", "listeners"):
        name = text(listener, "name")
        routes = [r for r in index.by_kind.get(f"HTTPRoute.{GATEWAY}", ()) if _attaches(r, gateway, listener)]
        if routes and all(_redirects(route) for route in routes):
            found.append(name)
    return found


def refusals(index: Index, unit: Subject) -> list[dict[str, Any]]:
    """Over routes: the parents that do not take one, with `path` and `message`."""
    return [{"path": r.path, "message": r.message} for r in attachments.refusals(index, unit.resource)]


def _attaches(route: Resource, gateway: Resource, listener: Any) -> bool:
    return any(
        text(parent, "name") == gateway.name
        and (text(parent, "namespace") or namespace_of(route)) == namespace_of(gateway)
        and text(parent, "kind") in ("", "Gateway")
        and text(parent, "sectionName") in ("", text(listener, "name"))
        and field(parent, "port") in (None, field(listener, "port"))
        for _, parent in entries(route.body, "spec", "parentRefs")
    )


def _redirects(route: Resource) -> bool:
    rules = entries(route.body, "spec", "rules")
    return bool(rules) and all(
        any(text(f, "requestRedirect", "scheme") == "https" for _, f in entries(rule, "filters"))
        for _, rule in rules
    )
